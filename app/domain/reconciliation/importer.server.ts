import type { AppContext } from "~/context.server.ts";
import { createLookout } from "~/lib/lookout.ts";
import { createSlices } from "~/lib/slices.ts";
import { HOUR } from "~/lib/time.ts";
import { beginImport, endImport, findOpenImports, type OpenImport } from "./end-import.server.ts";
import { importFile } from "./import-file.server.ts";
import { importPull } from "./import-pull.server.ts";
import { sweepImports } from "./sweep-imports.server.ts";

export interface ImporterOptions extends Pick<AppContext, "db" | "config" | "signals"> {
  readonly onError?: (error: unknown) => void;
}

const LOOK_AGAIN_MS = 5_000;
const SWEEP_MS = HOUR;

/**
 * Reads what was uploaded and pulls what was ordered, until stopped: one file at a time, and beside it one pull. Where each
 * stands is in the store with the rows themselves, so that a restart goes on there and takes nothing in twice.
 */
export function startImporter(options: ImporterOptions): { stop(): Promise<void> } {
  const { db, signals, onError = () => {} } = options;
  const stopping = new AbortController();
  const lookout = createLookout({ look, everyMs: LOOK_AGAIN_MS, stopping: stopping.signal, onError });
  const slices = createSlices({ stopping: stopping.signal, onSlice: lookout.wake, onError });
  let sweptAt = 0;

  async function look(): Promise<void> {
    if (Date.now() - sweptAt >= SWEEP_MS) {
      sweptAt = Date.now();
      await sweepImports(options, new Date());
    }
    const open = await findOpenImports(db);
    const file = open.find(({ kind }) => kind !== "pull");
    const pull = open.find(({ kind }) => kind === "pull");
    if (file) slices.run("file", () => read(file, importFile));
    if (pull) slices.run("pull", () => read(pull, importPull));
  }

  /** One import to its end. There is never more in a slice of this name: what waits is looked for again. */
  async function read(
    open: OpenImport,
    importOne: (work: ImporterOptions, open: OpenImport, signal: AbortSignal) => Promise<void>,
  ): Promise<false> {
    if (open.state === "waiting" && !(await beginImport(db, open.importId))) return false;
    try {
      await importOne(options, open, stopping.signal);
    } catch (error) {
      onError(error);
      const problem = "Something broke here while it was read. What was read is kept; trying again goes on from there.";
      await endImport(options, open, { state: "failed", problem });
    }
    return false;
  }

  const silence = signals.on("imports", lookout.wake);
  lookout.wake();
  return {
    async stop() {
      stopping.abort();
      silence();
      await lookout.idle();
      await slices.idle();
    },
  };
}
