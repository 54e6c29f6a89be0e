import type { Database, Tables } from "~/db.server.ts";
import { type BusinessDay, DAY, HOUR } from "~/lib/time.ts";
import { NOON } from "../factories/list-rows.ts";

type Group = Tables["reconciliationGroups"]["$inferInsert"];

/** When lists of such groups are looked at. */
export const LOOKED_AT = NOON + 10 * DAY;

/** An open exception of an hour ago, as a match leaves it. */
export function aGroup(groupKey: string, fields: Partial<Group> = {}): Group {
  return {
    environment: "sandbox",
    groupKey,
    paymentRequestId: groupKey,
    businessId: "biz-1",
    class: "amount_differs",
    notes: [],
    state: "open",
    currency: "IDR",
    day: "2026-03-20" as BusinessDay,
    occurredAt: LOOKED_AT - HOUR,
    captured: 100,
    reported: 90,
    difference: 10,
    rows: 1,
    explanation: [],
    digest: "0".repeat(64),
    ...fields,
  };
}

export async function insertGroups(db: Database, groups: readonly Group[]): Promise<void> {
  await db.write(groups.map((row) => ({ query: db.read.insert(db.tables.reconciliationGroups).values(row), rows: 1 })));
}
