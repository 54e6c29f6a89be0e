import { and, desc, eq, gte } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { HOUR } from "~/lib/time.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { ABANDONED_AFTER_HOURS, type ImportRefusal, MAX_UPLOAD, maySeeImports, type UploadStand } from "./import.ts";

export interface BeginUpload {
  readonly environment: Environment;
  readonly name: string;
  readonly size: number;
  readonly modified: string;
  /** `scope` is already narrowed to `reconciliation:import`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/** Begins an upload, or takes up one of the same file that the same operator did not end. */
export async function beginUpload(db: Database, order: BeginUpload): Promise<Result<UploadStand, ImportRefusal>> {
  const { environment, name, size, modified, operator, now } = order;
  if (!maySeeImports(operator.scope) || !operator.scope.environments.includes(environment)) {
    return refused("environment_not_yours");
  }
  if (size === 0) return refused("empty");
  if (size > MAX_UPLOAD) return refused("too_large");
  const unfinished = await findUnfinished(db, order);
  if (unfinished) return ok({ ...unfinished, isWhole: false });

  const importId = newId("import");
  const { operatorId, email } = operator;
  const row = { ...blankImport(now), importId, environment, name, size, state: "receiving" as const, operatorId };
  const written = await db.write([
    { query: db.read.insert(db.tables.reportImports).values({ ...row, cursor: modified, orderedBy: email }), rows: 1 },
    auditStatement(db, {
      operator,
      action: "reconciliation:import",
      environment,
      subject: importId,
      detail: { uploads: name, size },
      now,
    }),
  ]);
  if (!written.ok) throw new Error("The upload could not be written");
  return ok({ importId, received: 0, isWhole: false });
}

/** An import of which nothing is there yet. */
export function blankImport(now: Date) {
  return {
    received: 0,
    position: 0,
    lines: 0,
    rowsNew: 0,
    rowsChanged: 0,
    rowsSame: 0,
    rowsBad: 0,
    createdAt: now.getTime(),
  } as const;
}

async function findUnfinished(db: Database, { environment, name, size, modified, operator, now }: BeginUpload) {
  const { reportImports } = db.tables;
  const [found] = await db.read
    .select({ importId: reportImports.importId, received: reportImports.received })
    .from(reportImports)
    .where(
      and(
        eq(reportImports.state, "receiving"),
        gte(reportImports.createdAt, now.getTime() - ABANDONED_AFTER_HOURS * HOUR),
        eq(reportImports.environment, environment),
        eq(reportImports.operatorId, operator.operatorId),
        eq(reportImports.name, name),
        eq(reportImports.size, size),
        // While it is received, the cursor holds when the file was last changed: what stands there is no other file's.
        eq(reportImports.cursor, modified),
      ),
    )
    .orderBy(desc(reportImports.createdAt))
    .limit(1);
  return found ?? null;
}
