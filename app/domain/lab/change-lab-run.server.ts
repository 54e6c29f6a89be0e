import { randomBytes } from "node:crypto";
import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { LabRefusal } from "./lab-form.ts";

interface Change {
  readonly runId: string;
  readonly operator: { readonly operatorId: string; readonly email: string };
  readonly now: Date;
}

/** What was found out so far stays; the rest is not sent. */
export async function cancelLabRun(db: Database, change: Change): Promise<Result<null, LabRefusal>> {
  const { labRuns } = db.tables;
  const set = { state: "cancelled" as const, finishedAt: change.now.getTime() };
  const running = and(eq(labRuns.runId, change.runId), eq(labRuns.state, "running"));
  return write(db, change, { query: db.read.update(labRuns).set(set).where(running), rows: 1 }, "cancelled");
}

/** Makes the link a stranger may open: 256 random bits, the certificate and nothing else behind them. */
export async function shareLabRun(db: Database, change: Change): Promise<Result<null, LabRefusal>> {
  const { labRuns } = db.tables;
  const shareKey = randomBytes(32).toString("base64url");
  const unshared = and(eq(labRuns.runId, change.runId), eq(labRuns.state, "finished"), isNull(labRuns.shareKey));
  return write(db, change, { query: db.read.update(labRuns).set({ shareKey }).where(unshared), rows: 1 }, "shared");
}

/** The link is dead from now on; sharing again makes another. */
export async function unshareLabRun(db: Database, change: Change): Promise<Result<null, LabRefusal>> {
  const { labRuns } = db.tables;
  const shared = and(eq(labRuns.runId, change.runId), isNotNull(labRuns.shareKey));
  const query = db.read.update(labRuns).set({ shareKey: null }).where(shared);
  return write(db, change, { query, rows: 1 }, "no longer shared");
}

async function write(
  db: Database,
  { runId, operator, now }: Change,
  statement: Statement,
  faultLab: string,
): Promise<Result<null, LabRefusal>> {
  const audit = { operator, action: "destinations:write", environment: "sandbox", subject: runId, now } as const;
  const written = await db.write([statement, auditStatement(db, { ...audit, detail: { faultLab } })]);
  return written.ok ? ok(null) : refused("not_in_that_state");
}
