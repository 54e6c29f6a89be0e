import type { Environment } from "../../app/lib/environment.ts";
import type { Observation } from "../../app/xendit/observation.ts";
import type { Change } from "../database.ts";
import type { Engine } from "./engine.ts";
import type { Done } from "./jobs.ts";
import { PAID_WITH } from "./observations.ts";
import { project } from "./project.ts";
import { all, get, run } from "./statements.ts";

/**
 * What a card's token tells (its network) stands in every payment made with it, so a new word about the token folds them
 * again. A much used card may have thousands: the first few at once, the rest in `refold` jobs between captures,
 * remembered in a table so that a restart does not forget them.
 */
const AT_ONCE = 100;

export function refoldPaidWith(
  engine: Engine,
  observation: Observation,
): { readonly changes: readonly Change[]; readonly left: boolean } {
  if (observation.kind !== "token") return { changes: [], left: false };
  const slices = observation.tokens.map((token) => refoldSlice(engine, observation.environment, token, 0));
  return { changes: slices.flatMap(({ changes }) => changes), left: slices.some(({ left }) => left) };
}

/** Continues one remembered token. */
export function refold(engine: Engine): Done<{ left: boolean }> {
  const task = get<{ environment: Environment; token: string; after: number }>(
    engine.connection,
    "SELECT environment, token, after FROM refolds ORDER BY environment, token LIMIT 1",
  );
  if (!task) return { value: { left: false }, changes: [] };
  const { changes, left } = refoldSlice(engine, task.environment, task.token, task.after);
  const more = left || get(engine.connection, "SELECT 1 FROM refolds LIMIT 1") !== undefined;
  return { value: { left: more }, changes };
}

function refoldSlice(engine: Engine, environment: Environment, token: string, after: number) {
  const ids = all<{ id: number }>(
    engine.connection,
    `SELECT observation_id AS id FROM observation_ids WHERE environment = ? AND value = ? AND observation_id > ?
     ORDER BY observation_id LIMIT ?`,
    environment,
    PAID_WITH + token,
    after,
    AT_ONCE,
  ).map(({ id }) => id);
  const changes = project(engine, environment, ids);
  const last = ids.at(-1);
  const left = ids.length === AT_ONCE && last !== undefined;
  if (left) {
    // A newer word about the same token starts over: what was folded before it did not know it.
    run(
      engine.connection,
      `INSERT INTO refolds (environment, token, after) VALUES (?, ?, ?)
       ON CONFLICT (environment, token) DO UPDATE SET after = excluded.after`,
      environment,
      token,
      last,
    );
  } else {
    run(engine.connection, "DELETE FROM refolds WHERE environment = ? AND token = ?", environment, token);
  }
  return { changes, left };
}
