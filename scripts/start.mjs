// `npm start`: builds when needed, then becomes the server. One process, so signals arrive where they belong.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isBuilt, root, serverEntry } from "./build-state.mjs";

const LOCK = join(root, "build/.building");
/** Longer than any build takes: a lock this old was left behind by one that was killed. */
const STALE_MS = 5 * 60_000;

process.chdir(root);
// What is set already wins over the file.
if (existsSync(".env")) process.loadEnvFile(".env");
await buildWhenNeeded();
process.setSourceMapsEnabled(true);
await import(pathToFileURL(serverEntry).href);

/** Two that start at once share one build instead of writing over each other's. */
async function buildWhenNeeded() {
  while (!isBuilt()) {
    if (!takeLock()) {
      await wait(300);
      continue;
    }
    try {
      build();
    } finally {
      dropLock();
    }
    return;
  }
}

function build() {
  process.stdout.write("Building Paydesk (only needed after a change) …\n");
  // What a build that works has to say is of no use to whoever starts Paydesk.
  const built = spawnSync("npm", ["run", "--silent", "build"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (built.status === 0) return;
  process.stderr.write(
    `${built.stdout ?? ""}${built.stderr ?? ""}\nThe build failed; see above. Nothing was started.\n`,
  );
  dropLock();
  process.exit(built.status ?? 1);
}

function takeLock() {
  try {
    mkdirSync(join(root, "build"), { recursive: true });
    mkdirSync(LOCK);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const madeAt = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - madeAt > STALE_MS) dropLock();
    return false;
  }
}

/** Gone already is fine: somebody may have emptied build/ meanwhile. */
function dropLock() {
  rmSync(LOCK, { recursive: true, force: true });
}
