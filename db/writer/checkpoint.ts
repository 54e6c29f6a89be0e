import type { Engine } from "./engine.ts";
import type { Done } from "./jobs.ts";

/** A reader that is in the way is not waited for here: captures would wait as well. */
const PATIENCE_MS = 50;

/** Moves the write-ahead log into the database and empties the file. Not whole while somebody still reads from it. */
export function checkpoint({ connection }: Engine): Done<{ isWhole: boolean }> {
  const patience = connection.pragma("busy_timeout", { simple: true });
  connection.pragma(`busy_timeout = ${PATIENCE_MS}`);
  try {
    const busy = connection.pragma("wal_checkpoint(TRUNCATE)", { simple: true });
    return { value: { isWhole: busy === 0 }, changes: [] };
  } finally {
    connection.pragma(`busy_timeout = ${Number(patience)}`);
  }
}
