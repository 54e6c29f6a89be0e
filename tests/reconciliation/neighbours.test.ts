import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { parseExceptionFilters } from "~/domain/reconciliation/exception-filters.ts";
import { listExceptions } from "~/domain/reconciliation/exception-list.server.ts";
import { findNeighbours } from "~/domain/reconciliation/neighbours.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { DAY } from "~/lib/time.ts";
import { NOON } from "../factories/list-rows.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aGroup, insertGroups, LOOKED_AT } from "./groups.ts";

const everything: Scope = { environments: ["sandbox"], businessIds: null };
const environment = "sandbox" as const;
const zone = "Asia/Jakarta";
const now = LOOKED_AT;
const operatorId = "op_me";
const urlOf = (search: string) => `http://desk.test/reconciliation/exceptions/x?${search}`;

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
  await insertGroups(db, [
    aGroup("pr-1", { class: "amount_differs", occurredAt: NOON + DAY }),
    aGroup("pr-2", { class: "settled_late", occurredAt: NOON + 2 * DAY, businessId: "biz-2" }),
    // Two of one instant: their keys decide.
    aGroup("pr-3", { class: "amount_differs", currency: "PHP", occurredAt: NOON + 3 * DAY }),
    aGroup("pr-4", { class: "amount_differs", occurredAt: NOON + 3 * DAY, assigneeId: operatorId }),
    aGroup("pr-5", { class: "amount_differs", state: "resolved", occurredAt: NOON + 4 * DAY }),
    aGroup("pr-6", { class: "settled_late", notes: ["refunded"], occurredAt: NOON + 5 * DAY }),
  ]);
});

async function list(search: string, scope = everything): Promise<readonly string[]> {
  const { filters } = parseExceptionFilters(urlOf(search), { zone });
  const { rows } = await listExceptions(db, scope, { filters: { ...filters, environment }, operatorId, now });
  return rows.map(({ groupKey }) => groupKey);
}

async function beside(groupKey: string, search: string, scope = everything) {
  const { reconciliationGroups: table } = db.tables;
  const rows = await db.read.select({ groupKey: table.groupKey, occurredAt: table.occurredAt }).from(table);
  const group = rows.find((row) => row.groupKey === groupKey);
  if (!group) throw new Error(`no group ${groupKey}`);
  const operator = { operatorId, scope };
  return findNeighbours(db, { operator, environment, url: urlOf(search), zone, now, group });
}

describe("the way from one exception to the next", () => {
  it.each([
    "",
    "sort=oldest",
    "state=all",
    "class=amount_differs",
    "class=amount_differs&class=settled_late&sort=oldest",
    "class=amount_differs&currency=IDR&state=all",
    "assignee=me",
    "note=refunded",
    "q=pr-",
    "from=2026-03-13",
  ])("is the order of the list it was opened from, whole and nothing but: %s", async (search) => {
    const keys = await list(search);
    const ways = await Promise.all(keys.map((key) => beside(key, search)));
    expect(keys.length).toBeGreaterThan(0);
    expect(ways).toEqual(keys.map((_, at) => ({ previous: keys[at - 1] ?? null, next: keys[at + 1] ?? null })));
  });

  it("leads into a list from outside its days", async () => {
    expect(await beside("pr-1", "from=2026-03-13")).toEqual({ previous: "pr-3", next: null });
    expect(await beside("pr-6", "to=2026-03-13&sort=oldest")).toEqual({ previous: "pr-4", next: null });
  });

  it("goes on from what has just left the list", async () => {
    expect(await list("")).not.toContain("pr-5");
    expect(await beside("pr-5", "")).toEqual({ previous: "pr-6", next: "pr-4" });
  });

  it("is not told of filters that are not understood: it would be the way through a wider list", async () => {
    expect(await beside("pr-4", "class=nonsense")).toEqual({ previous: null, next: null });
  });

  it("leads only to what the operator may see", async () => {
    const one: Scope = { environments: ["sandbox"], businessIds: ["biz-1"] };
    expect(await beside("pr-3", "", one)).toEqual({ previous: "pr-4", next: "pr-1" });
    expect(await beside("pr-4", "state=all", one)).toEqual({ previous: "pr-5", next: "pr-3" });
    expect(await beside("pr-3", "", { environments: ["live"], businessIds: null })).toEqual({
      previous: null,
      next: null,
    });
  });
});
