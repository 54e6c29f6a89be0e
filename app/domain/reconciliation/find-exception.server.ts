import { and, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { readGroupPayment } from "./group-payment.server.ts";
import { readGroupRows } from "./group-rows.server.ts";
import { readWords } from "./group-words.server.ts";
import { findNeighbours } from "./neighbours.server.ts";
import { readRules } from "./read-rules.server.ts";
import { writeOffOf } from "./write-off.ts";

interface Asked {
  readonly environment: Environment;
  readonly groupKey: string;
}

export type Exception = NonNullable<Awaited<ReturnType<typeof findException>>>;

/** One group with its facts on both sides, what people said and decided, and its neighbours; `null` when absent or not theirs. */
export async function findException(db: Database, scope: Scope, asked: Asked) {
  const group = await findGroup(db, scope, asked);
  if (!group) return null;
  const [payment, reported, words, rules, neighbours, closed] = await Promise.all([
    readGroupPayment(db, group),
    readGroupRows(db, group),
    readWords(db, group),
    readRules(db, group.environment),
    findNeighbours(db, scope, group),
    findClosedDay(db, group),
  ]);
  return {
    group,
    /** `null` when no payment of ours is in it. */
    payment,
    ...reported,
    ...words,
    neighbours,
    /** Who closed its day and when; what changes now is an adjustment of an open day. */
    closed,
    rules,
    writeOff: writeOffOf(group, rules),
  };
}

async function findGroup(
  db: Database,
  scope: Scope,
  { environment, groupKey }: Asked,
): Promise<Tables["reconciliationGroups"]["$inferSelect"] | null> {
  if (!scope.environments.includes(environment)) return null;
  const { reconciliationGroups: table } = db.tables;
  const [group = null] = await db.read
    .select()
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.groupKey, groupKey), inBusiness(table.businessId, scope)));
  return group;
}

async function findClosedDay(db: Database, { environment, day }: Tables["reconciliationGroups"]["$inferSelect"]) {
  const { closedDays: table } = db.tables;
  const [closed = null] = await db.read
    .select({ closedAt: table.closedAt, closedBy: table.closedBy })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.day, day)));
  return closed;
}
