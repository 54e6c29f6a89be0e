import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { isReconciled } from "./due-groups.server.ts";

export type MatchRun = Tables["reconciliationRuns"]["$inferSelect"];

/** What happened since the last whole match. Counts stop at `ENOUGH`. */
export interface SinceMatch {
  readonly imports: number;
  readonly isRuleChanged: boolean;
  /** Rows of reports that are in no group yet. */
  readonly unmatchedRows: number;
  /** Each of them was matched by itself as it came. */
  readonly payments: number;
}

export interface LastMatch {
  /** `null`: nothing was matched here yet. */
  readonly run: MatchRun | null;
  readonly since: SinceMatch;
  /** What came since is being matched now: a match follows every report, and every change of the rules. */
  readonly isUnderWay: boolean;
  /** Reports on their way in, whose rows are in no figure yet. */
  readonly importing: number;
}

export const ENOUGH = 1_000;

export async function findLastMatch(
  db: Database,
  scope: Scope,
  { environment }: { environment: Environment },
): Promise<LastMatch> {
  const nothing = { imports: 0, isRuleChanged: false, unmatchedRows: 0, payments: 0 };
  if (!scope.environments.includes(environment)) return { run: null, since: nothing, isUnderWay: false, importing: 0 };
  const { reconciliationRuns: runs } = db.tables;
  const [run = null] = await db.read.select().from(runs).where(eq(runs.environment, environment));
  const asked = { environment, scope, at: run?.startedAt ?? 0 };
  const [imports, importing, isRuleChanged, unmatchedRows, payments, isMatched] = await Promise.all([
    countImports(db, asked, ["imported"]),
    countImports(db, { ...asked, at: null }, ["waiting", "importing"]),
    isRuleNewer(db, asked),
    countUnmatched(db, asked),
    countPayments(db, asked),
    isReconciled(db, environment),
  ]);
  // Rules set before the first report, or a report without a row, are followed by no match.
  const isUnderWay = isMatched && (imports > 0 || unmatchedRows > 0 || isRuleChanged);
  return { run, since: { imports, isRuleChanged, unmatchedRows, payments }, isUnderWay, importing };
}

interface Asked {
  readonly environment: Environment;
  readonly scope: Scope;
  readonly at: number;
}

async function countImports(
  db: Database,
  { environment, at }: Pick<Asked, "environment"> & { at: number | null },
  states: readonly ("imported" | "waiting" | "importing")[],
): Promise<number> {
  const { reportImports: table } = db.tables;
  const rows = await db.read
    .select({ importId: table.importId })
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        inArray(table.state, [...states]),
        at === null ? undefined : gt(table.finishedAt, at),
      ),
    )
    .limit(ENOUGH);
  return rows.length;
}

async function isRuleNewer(db: Database, { environment, at }: Asked): Promise<boolean> {
  const { reconciliationRules: table } = db.tables;
  const rows = await db.read
    .select({ at: table.changedAt })
    .from(table)
    .where(and(eq(table.environment, environment), gt(table.changedAt, at)));
  return rows.length > 0;
}

/** A row belongs to no business; whoever sees some only is told nothing of it. */
async function countUnmatched(db: Database, { environment, scope }: Asked): Promise<number> {
  if (scope.businessIds !== null) return 0;
  const { reportRows: table } = db.tables;
  const rows = await db.read
    .select({ transactionId: table.transactionId })
    .from(table)
    .where(and(eq(table.environment, environment), isNull(table.groupKey)))
    .limit(ENOUGH);
  return rows.length;
}

async function countPayments(db: Database, { environment, scope, at }: Asked): Promise<number> {
  const { paymentRequests: table } = db.tables;
  const rows = await db.read
    .select({ paymentRequestId: table.paymentRequestId })
    .from(table)
    .where(and(eq(table.environment, environment), gt(table.sortAt, at), inBusiness(table.businessId, scope)))
    .limit(ENOUGH);
  return rows.length;
}
