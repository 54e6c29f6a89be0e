import { and, eq } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import type { ImportRefusal } from "./import.ts";
import { findImport, type ImportRow } from "./import-queries.server.ts";
import { removeSpool, spooledSize } from "./spool.server.ts";

export interface MoveImport {
  readonly importId: string;
  readonly move: "cancel" | "retry";
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/** Cancels an import, or has one that failed go on. What was read before stays: a report is told once it is read. */
export async function moveImport(
  context: Pick<AppContext, "db" | "config" | "signals">,
  { importId, move, operator, now }: MoveImport,
): Promise<Result<{ importId: string }, ImportRefusal>> {
  const { db, config, signals } = context;
  const found = await findImport(db, operator.scope, importId);
  if (!found) return refused("not_found");
  if (move === "retry" && !(await canRetry(context, found))) return refused("cannot_retry");
  if (move === "cancel" && !isUnderWay(found)) return refused("has_ended");

  const { reportImports } = db.tables;
  const set =
    move === "retry"
      ? { state: "waiting" as const, problem: null, finishedAt: null }
      : { state: "cancelled" as const, problem: `Cancelled by ${operator.email}.`, finishedAt: now.getTime() };
  const asItWas = and(eq(reportImports.importId, importId), eq(reportImports.state, found.state));
  const written = await db.write([
    { query: db.read.update(reportImports).set(set).where(asItWas), rows: 1 },
    auditStatement(db, {
      operator,
      action: "reconciliation:import",
      environment: found.environment,
      subject: importId,
      detail: move === "retry" ? { triesAgain: found.name } : { cancels: found.name },
      now,
    }),
  ]);
  if (!written.ok) return refused(move === "retry" ? "cannot_retry" : "has_ended");
  if (move === "cancel") {
    await removeSpool(config, importId);
    signals.ring("reconciliation");
  }
  signals.ring("imports");
  return ok({ importId });
}

export function isUnderWay({ state }: Pick<ImportRow, "state">): boolean {
  return state === "receiving" || state === "waiting" || state === "importing";
}

export async function canRetry(
  { config }: Pick<AppContext, "config">,
  { importId, state, kind, size }: Pick<ImportRow, "importId" | "state" | "kind" | "size">,
): Promise<boolean> {
  if (state !== "failed") return false;
  return kind === "pull" || (await spooledSize(config, importId)) === size;
}
