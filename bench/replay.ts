import { parseArgs } from "node:util";
import { runReplay } from "./replay-rig.ts";

/** `npm run bench:replay -- --events 50000 --rate 400 --json`: one large replay through a kill and a restart. */
const { values } = parseArgs({
  options: {
    events: { type: "string", default: "50000" },
    rate: { type: "string", default: "400" },
    concurrency: { type: "string", default: "16" },
    json: { type: "boolean" },
  },
});
const events = Number(values.events);
const ratePerSecond = Number(values.rate);
const concurrency = Number(values.concurrency);

const outcome = await runReplay({
  events,
  ratePerSecond,
  concurrency,
  failingShare: 0.05,
  killAt: 0.3,
  restartAt: 0.6,
  resetsBreaker: false,
  atMostMs: 60 * 60_000,
  say: (line) => process.stderr.write(`${line}\n`),
});
const { counts } = outcome;
const ended = (counts.delivered ?? 0) + (counts.failed ?? 0);
const checks: Readonly<Record<string, boolean>> = {
  "every event is delivered, or named as failed":
    outcome.state === "finished" && ended === events && outcome.total === events && outcome.failedUnnamed === 0,
  "what is called delivered was acknowledged": outcome.deliveredUnseen === 0,
  "nothing acknowledged came again beyond what was in flight at the kill": outcome.acknowledgedAgain <= concurrency,
  // A twentieth may be caught up on; another is for the way there, which takes one request longer than the next.
  "the rate was held": outcome.busiestSecond <= ratePerSecond * 1.1,
  "capture was acknowledged meanwhile, and nothing of it is lost": outcome.captured > 0 && outcome.capturedLost === 0,
};
if (values.json) process.stdout.write(`${JSON.stringify({ ...outcome, checks })}\n`);
else {
  for (const [figure, value] of Object.entries({ ...outcome, counts: JSON.stringify(counts) }))
    process.stdout.write(`${figure.padEnd(20)}${value}\n`);
  for (const [check, holds] of Object.entries(checks)) process.stdout.write(`${holds ? "holds" : "FAILS"}  ${check}\n`);
}
process.exitCode = Object.values(checks).every(Boolean) ? 0 : 1;
