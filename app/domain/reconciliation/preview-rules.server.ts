import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { callsForWork, type ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import type { RuleSet } from "~/xendit/reconcile/rules.ts";
import { WORK_CLASSES } from "./exception.ts";
import { NAMED_IN_PREVIEW, type PreviewedGroup, type PreviewedList, type RulePreview } from "./rule-preview.ts";

/** What other rules would come to, on everything there is; nothing is written. */
export async function previewRules(
  db: Database,
  { environment, rules, now }: { environment: Environment; rules: RuleSet; now: Date },
): Promise<RulePreview> {
  const { groups, changes } = await db.match({ environment, now: now.getTime(), rules, isDryRun: true });
  const isWork = (one: ReconciliationClass | null) => one !== null && callsForWork(one);
  const newly = changes.filter(({ before, after }) => isWork(before) && !isWork(after));
  const noLonger = changes.filter(({ before, after }) => !isWork(before) && isWork(after));
  const otherwise = changes.filter(({ before, after }) => !isWork(before) && !isWork(after));
  const moved = changes.filter(({ before, after }) => isWork(before) && isWork(after));
  const unmatched = await countUnmatched(db, environment);
  const staying = await listUnmatched(db, environment, new Set(newly.map(({ groupKey }) => groupKey)));
  const movedBy = new Map(moved.map((one) => [one.groupKey, one]));
  const stillNamed = [
    ...moved,
    ...staying
      .filter(({ groupKey }) => !movedBy.has(groupKey))
      .map(({ groupKey, class: one, currency, difference }) => {
        return { groupKey, before: one, after: one, currency, difference };
      }),
  ];
  const references = await referencesOf(db, environment, [newly, noLonger, stillNamed, otherwise]);
  const list = (all: readonly Omit<PreviewedGroup, "reference">[], count = all.length): PreviewedList => ({
    count,
    named: all.slice(0, NAMED_IN_PREVIEW).map((one) => ({ ...one, reference: references.get(one.groupKey) ?? null })),
  });
  return {
    groups,
    newlyMatched: list(newly),
    noLongerMatched: list(noLonger),
    stillUnmatched: list(stillNamed, unmatched - newly.length),
    otherwise: list(otherwise),
  };
}

async function countUnmatched(db: Database, environment: Environment): Promise<number> {
  const { reconciliationGroups: table } = db.tables;
  const [row] = await db
    .heavy()
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(table)
    .where(and(eq(table.environment, environment), inArray(table.class, [...WORK_CLASSES]), alive));
  return row?.count ?? 0;
}

/** So many more are read as will turn out to be matched, that the list is full whenever it can be. */
async function listUnmatched(db: Database, environment: Environment, leaving: ReadonlySet<string>) {
  const { reconciliationGroups: table } = db.tables;
  const rows = await db
    .heavy()
    .select({
      groupKey: table.groupKey,
      class: table.class,
      currency: table.currency,
      difference: table.difference,
    })
    .from(table)
    .where(and(eq(table.environment, environment), inArray(table.class, [...WORK_CLASSES]), alive))
    .orderBy(asc(table.class), asc(table.occurredAt), asc(table.groupKey))
    .limit(NAMED_IN_PREVIEW + leaving.size);
  return rows.filter(({ groupKey }) => !leaving.has(groupKey));
}

async function referencesOf(
  db: Database,
  environment: Environment,
  lists: readonly (readonly { readonly groupKey: string }[])[],
): Promise<ReadonlyMap<string, string | null>> {
  const keys = lists.flatMap((list) => list.slice(0, NAMED_IN_PREVIEW).map(({ groupKey }) => groupKey));
  if (keys.length === 0) return new Map();
  const { reconciliationGroups: table } = db.tables;
  const rows = await db.read
    .select({ groupKey: table.groupKey, reference: table.reference })
    .from(table)
    .where(and(eq(table.environment, environment), inArray(table.groupKey, keys)));
  return new Map(rows.map(({ groupKey, reference }) => [groupKey, reference]));
}
