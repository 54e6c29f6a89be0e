// `node bench/replay-destination.mjs PORT LOG SHARE SEED`: a merchant's endpoint in a process of its own. It answers 500 to a
// share of its requests and writes down every request before it answers, so that its log outlives it.
import { openSync, writeSync } from "node:fs";
import { createServer } from "node:http";

const [port = "0", log = "", share = "0.05", seed = "1"] = process.argv.slice(2);
const file = openSync(log, "a");
let state = Number(seed);

createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const status = random() < Number(share) ? 500 : 200;
    const id = request.headers["webhook-id"];
    writeSync(file, `${JSON.stringify({ at: Date.now(), id, replay: request.headers["paydesk-replay"], status })}\n`);
    response.writeHead(status).end();
  });
}).listen(Number(port), "127.0.0.1", () => process.stdout.write("listening\n"));

process.on("SIGTERM", () => process.exit(0));

/** mulberry32: the same failures for the same seed. */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
