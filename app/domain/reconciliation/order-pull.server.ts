import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { addDays, type BusinessDay, dayRange } from "~/lib/time.ts";
import { hasXenditKey } from "../checks/has-xendit-key.server.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { readAccountingZone } from "./accounting-zone.server.ts";
import { blankImport } from "./begin-upload.server.ts";
import { type ImportRefusal, maySeeImports } from "./import.ts";

const MOST_DAYS = 366;

export interface OrderPull {
  readonly environment: Environment;
  /** Days of the accounting zone, both included. */
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/** Orders the transactions created in a period from Xendit, or the sandbox in its place. */
export async function orderPull(
  db: Database,
  config: Config,
  { environment, from, to, operator, now }: OrderPull,
): Promise<Result<{ importId: string }, ImportRefusal>> {
  if (!maySeeImports(operator.scope) || !operator.scope.environments.includes(environment)) {
    return refused("environment_not_yours");
  }
  if (to < from) return refused("period_upside_down");
  if (addDays(from, MOST_DAYS) <= to) return refused("period_too_long");
  const zone = await readAccountingZone(db);
  const begins = dayRange(from, zone).from;
  if (begins > now.getTime()) return refused("period_in_future");
  if (!(await hasXenditKey(db, config, environment))) return refused("no_key");

  const importId = newId("import");
  const { operatorId, email } = operator;
  const name = from === to ? from : `${from} to ${to}`;
  // What is created while it is pulled would move the pages: it ends now.
  const ends = Math.min(dayRange(to, zone).until, now.getTime() + 1) - 1;
  const pull = { ...blankImport(now), importId, environment, kind: "pull" as const, name, size: null, zone };
  const row = { ...pull, state: "waiting" as const, from: begins, to: ends, operatorId, orderedBy: email };
  const written = await db.write([
    { query: db.read.insert(db.tables.reportImports).values(row), rows: 1 },
    auditStatement(db, {
      operator,
      action: "reconciliation:import",
      environment,
      subject: importId,
      detail: { pulls: name, zone },
      now,
    }),
  ]);
  if (!written.ok) throw new Error("The pull could not be written");
  return ok({ importId });
}
