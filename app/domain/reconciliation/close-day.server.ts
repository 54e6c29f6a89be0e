import { eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { type BusinessDay, dayRange } from "~/lib/time.ts";
import type { Operator } from "../operators/operator.ts";
import { readAccountingZone } from "./accounting-zone.server.ts";
import type { CloseRefusal } from "./closing.ts";

export interface CloseDay {
  readonly environment: Environment;
  readonly day: BusinessDay;
  /** Whether it was ticked that open exceptions, or a check that failed, are known. */
  readonly acceptsOpen: boolean;
  /** `scope` is already narrowed to `reconciliation:close`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/** Freezes a day that is over, with what changed on days closed before. Whoever sees some businesses only cannot. */
export async function closeDay(
  db: Database,
  { environment, day, acceptsOpen, operator, now }: CloseDay,
): Promise<Result<{ readonly digest: string; readonly openExceptions: number }, CloseRefusal>> {
  if (operator.scope.businessIds !== null) return refused("limited");
  const zone = await readAccountingZone(db);
  if (dayRange(day, zone).until > now.getTime()) return refused("not_over");
  const { reconciliationRuns: runs } = db.tables;
  const [run] = await db.read.select({ check: runs.check }).from(runs).where(eq(runs.environment, environment));
  if (!run) return refused("not_matched");
  if (!run.check.isWhole && !acceptsOpen) return refused("check_failed");

  const { operatorId, email } = operator;
  const closed = await db.closeDay({
    environment,
    day,
    zone,
    acceptsOpen,
    operator: { operatorId, email },
    auditId: newId("audit"),
    at: now.getTime(),
  });
  if (closed.outcome === "closed") return ok({ digest: closed.digest, openExceptions: closed.openExceptions });
  if (closed.outcome === "open_exceptions") return refused("open_exceptions", String(closed.openExceptions));
  return refused(closed.outcome);
}
