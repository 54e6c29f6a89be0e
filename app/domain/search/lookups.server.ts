import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { formatMoney } from "~/lib/money.ts";
import type { Scope } from "~/lib/scope.ts";
import { describeTargets } from "./describe-targets.server.ts";
import { type DescribedTarget, sameTarget, type Target } from "./search-answer.ts";

/** What an operator looked up is kept for them alone, and no more than this. */
export const KEPT_LOOKUPS = 20;

interface Remembered {
  readonly operatorId: string;
  readonly target: Target;
  readonly now: Date;
}

/** Keeps where somebody landed by searching; what is out of their reach is not kept. Landing there again moves it to the top. */
export async function rememberLookup(
  db: Database,
  scope: Scope,
  { operatorId, target, now }: Remembered,
): Promise<void> {
  const [found] = await describeTargets(db, scope, [target]);
  if (!found) return;
  const { lookups } = db.tables;
  const { environment, kind, id } = found;
  const row = { operatorId, environment, target: id, kind, label: labelOf(found), at: now.getTime() };
  const query = db.read
    .insert(lookups)
    .values(row)
    .onConflictDoUpdate({
      target: [lookups.operatorId, lookups.environment, lookups.target],
      set: { kind, label: row.label, at: row.at },
    });
  const oldestKept = db.read
    .select({ at: lookups.at })
    .from(lookups)
    .where(eq(lookups.operatorId, operatorId))
    .orderBy(desc(lookups.at))
    .limit(1)
    .offset(KEPT_LOOKUPS - 1);
  const prune = db.read
    .delete(lookups)
    .where(and(eq(lookups.operatorId, operatorId), lt(lookups.at, sql`${oldestKept}`)));
  await db.write([
    { query, rows: 1 },
    { query: prune, rows: "any" },
  ]);
}

/** The operator's latest look-ups that lie within their present reach, latest first, as they stand now. */
export async function listLookups(
  db: Database,
  scope: Scope,
  { operatorId }: { operatorId: string },
): Promise<readonly DescribedTarget[]> {
  const { lookups } = db.tables;
  if (scope.environments.length === 0) return [];
  const rows = await db.read
    .select({ kind: lookups.kind, environment: lookups.environment, id: lookups.target })
    .from(lookups)
    .where(and(eq(lookups.operatorId, operatorId), inArray(lookups.environment, [...scope.environments])))
    .orderBy(desc(lookups.at))
    .limit(KEPT_LOOKUPS);
  const described = await describeTargets(db, scope, rows);
  return rows.flatMap((row) => described.find((one) => sameTarget(one, row)) ?? []);
}

export async function forgetLookups(db: Database, { operatorId }: { operatorId: string }): Promise<void> {
  const { lookups } = db.tables;
  await db.write([{ query: db.read.delete(lookups).where(eq(lookups.operatorId, operatorId)), rows: "any" }]);
}

/** Nothing personal: an amount or an event's name. */
function labelOf({ kind, amountMinor, amountRaw, currency, eventType }: DescribedTarget): string {
  return kind === "webhook" ? (eventType ?? "") : formatMoney({ minor: amountMinor, raw: amountRaw, currency });
}
