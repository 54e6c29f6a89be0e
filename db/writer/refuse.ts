import type { Engine } from "./engine.ts";
import type { Done, Refusal } from "./jobs.ts";
import { insert, run } from "./statements.ts";

/** As many arrivals refused at the door are kept (RULES 6). */
const KEPT = 1_000;

export function refuse({ connection }: Engine, refusal: Refusal): Done<null> {
  const id = insert(
    connection,
    "INSERT INTO refusals (refused_at, reason, size, address) VALUES (?, ?, ?, ?)",
    refusal.refusedAt,
    refusal.reason,
    refusal.size,
    refusal.address,
  );
  run(connection, "DELETE FROM refusals WHERE refusal_id <= ?", id - KEPT);
  return { value: null, changes: [] };
}
