import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { countRail } from "~/domain/overview/rail-counts.server.ts";
import { countExceptions } from "~/domain/reconciliation/exception-counts.server.ts";
import { parseExceptionFilters } from "~/domain/reconciliation/exception-filters.ts";
import { exceptionChunks, listExceptions } from "~/domain/reconciliation/exception-list.server.ts";
import { answerSearch } from "~/domain/search/answer-search.server.ts";
import { readLookup } from "~/domain/search/read-lookup.ts";
import type { Scope } from "~/lib/scope.ts";
import { DAY, HOUR } from "~/lib/time.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { plansOf, TABLE_SCAN, WALK } from "../setup/query-plans.ts";
import { aDesk } from "./exceptions-desk.ts";
import { aGroup, insertGroups, LOOKED_AT } from "./groups.ts";

const zone = "Asia/Jakarta";
const everything: Scope = { environments: ["sandbox"], businessIds: null };
const now = LOOKED_AT;
const me = "op_me";

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const filtersOf = (search: string) => {
  const { filters, problems } = parseExceptionFilters(`http://desk.test/x?${search}`, { zone });
  expect(problems).toEqual([]);
  return { ...filters, environment: "sandbox" as const };
};
const page = (search: string, scope = everything) =>
  listExceptions(db, scope, { filters: filtersOf(search), operatorId: me, now });
const keys = async (search: string, scope = everything) => (await page(search, scope)).rows.map((row) => row.groupKey);

describe("the work list", () => {
  it("shows what is open, newest first, and everything or what is resolved when asked", async () => {
    await insertGroups(db, [
      aGroup("pr-old", { occurredAt: now - 2 * DAY }),
      aGroup("pr-new"),
      aGroup("pr-done", { state: "resolved" }),
      aGroup("pr-fine", { state: "none", class: "matched" }),
    ]);
    expect(await keys("")).toEqual(["pr-new", "pr-old"]);
    expect(await keys("sort=oldest")).toEqual(["pr-old", "pr-new"]);
    expect(await keys("state=resolved")).toEqual(["pr-done"]);
    expect((await keys("state=all")).sort()).toEqual(["pr-done", "pr-fine", "pr-new", "pr-old"]);
    expect(await keys("state=all&class=matched")).toEqual(["pr-fine"]);
  });

  it("is narrowed by class, currency, note and day of the accounting zone", async () => {
    await insertGroups(db, [
      aGroup("pr-a", { class: "settled_late", notes: ["refunded"], occurredAt: Date.parse("2026-03-10T17:30:00Z") }),
      aGroup("pr-b", {
        currency: "PHP",
        notes: ["refunded", "next_day"],
        occurredAt: Date.parse("2026-03-10T16:30:00Z"),
      }),
    ]);
    expect(await keys("class=settled_late&class=ambiguous")).toEqual(["pr-a"]);
    expect(await keys("currency=PHP")).toEqual(["pr-b"]);
    expect(await keys("note=refunded")).toEqual(["pr-a", "pr-b"]);
    expect(await keys("note=next_day&class=amount_differs")).toEqual(["pr-b"]);
    // 17:30 in UTC is half past midnight in Jakarta.
    expect(await keys("from=2026-03-11&to=2026-03-11")).toEqual(["pr-a"]);
    expect(await keys("from=2026-03-10&to=2026-03-10")).toEqual(["pr-b"]);
  });

  it("is narrowed by age, to the instant, in one stretch of time or several", async () => {
    const ages = { "pr-1": DAY - 1, "pr-2": DAY, "pr-3": 3 * DAY, "pr-4": 7 * DAY - 1, "pr-5": 7 * DAY, "pr-0": -HOUR };
    await insertGroups(
      db,
      Object.entries(ages).map(([key, passed]) => aGroup(key, { occurredAt: now - passed })),
    );
    expect(await keys("age=lt1d")).toEqual(["pr-0", "pr-1"]);
    expect(await keys("age=1to3d")).toEqual(["pr-2"]);
    expect(await keys("age=3to7d")).toEqual(["pr-3", "pr-4"]);
    expect(await keys("age=gt7d")).toEqual(["pr-5"]);
    expect(await keys("age=lt1d&age=1to3d")).toEqual(["pr-0", "pr-1", "pr-2"]);
    expect(await keys("age=lt1d&age=gt7d")).toEqual(["pr-0", "pr-1", "pr-5"]);
    expect((await countExceptions(db, everything, { environment: "sandbox", now }))?.ages).toEqual({
      lt1d: 2,
      "1to3d": 1,
      "3to7d": 2,
      gt7d: 1,
    });
  });

  it("is narrowed by who works on it: me, nobody, anybody, a colleague", async () => {
    await insertGroups(db, [
      aGroup("pr-mine", { assigneeId: me }),
      aGroup("pr-hers", { assigneeId: "op_her" }),
      aGroup("pr-free"),
    ]);
    expect(await keys("assignee=me")).toEqual(["pr-mine"]);
    expect(await keys("assignee=none")).toEqual(["pr-free"]);
    expect((await keys("assignee=someone")).sort()).toEqual(["pr-hers", "pr-mine"]);
    expect(await keys("assignee=op_her")).toEqual(["pr-hers"]);
    expect((await keys("assignee=me&assignee=none")).sort()).toEqual(["pr-free", "pr-mine"]);
  });

  it("holds every row once over its pages and its export", async () => {
    await insertGroups(
      db,
      Array.from({ length: 120 }, (_, at) => aGroup(`pr-${at}`, { occurredAt: now - (at % 7) * HOUR })),
    );
    const seen: string[] = [];
    let cursor = "";
    for (;;) {
      const { rows, next } = await page(cursor);
      seen.push(...rows.map((row) => row.groupKey));
      if (next === null) break;
      cursor = `cursor=${encodeURIComponent(next)}`;
    }
    expect(new Set(seen).size).toBe(120);
    const exported: string[] = [];
    const { signal } = new AbortController();
    const asked = { filters: filtersOf(""), operatorId: me, now, size: 50, signal };
    for await (const rows of exceptionChunks(db, everything, asked)) exported.push(...rows.map((row) => row.groupKey));
    expect(exported).toEqual(seen);
  });

  it("shows nobody another environment's or business's, and rows of none only to who sees all", async () => {
    await insertGroups(db, [
      aGroup("pr-mine"),
      aGroup("txn_none", { businessId: null }),
      aGroup("pr-theirs", { businessId: "biz-2" }),
    ]);
    const mine: Scope = { environments: ["sandbox"], businessIds: ["biz-1"] };
    expect(await keys("", mine)).toEqual(["pr-mine"]);
    expect(await keys("", { environments: ["live"], businessIds: null })).toEqual([]);
    const counted = { environment: "sandbox", now } as const;
    expect((await countExceptions(db, mine, counted))?.open).toBe(1);
    expect((await countExceptions(db, everything, counted))?.open).toBe(3);
    expect((await countRail(db, mine, { ...counted, isReconciler: true })).exceptions).toBe(1);
    expect((await countRail(db, mine, counted)).exceptions).toBe(0);
  });

  it("names what it does not understand, and never widens by it", () => {
    const problems = (search: string) =>
      parseExceptionFilters(`http://desk.test/x?${search}`, { zone }).problems.map(({ param }) => param);
    expect(problems("state=open&class=settled_late&note=refunded&age=gt7d&assignee=me&currency=IDR&q=x")).toEqual([]);
    expect(problems("class=nonsense")).toEqual(["class"]);
    expect(problems("age=none")).toEqual(["age"]);
    expect(problems("state=open&state=all")).toEqual(["state"]);
    expect(problems("colour=red")).toEqual(["colour"]);
  });
});

describe("what was pasted", () => {
  it("finds a group by its payment's ids, its rows' ids and references, and its own key", async () => {
    db = await aDesk();
    const found = (q: string) => keys(`state=all&q=${encodeURIComponent(q)}`);
    for (const q of ["pr-short", "py-short", "CPTR-short", "txn_short", "ref-pr-short"]) {
      expect(await found(q)).toEqual(["pr-short"]);
    }
    expect(await found("order 7")).toEqual(["py-stranger"]);
    expect(await found("txn_stranger")).toEqual(["py-stranger"]);
    expect((await found("txn_")).sort()).toEqual(["pr-equal", "pr-short", "py-stranger"]);
    expect(await found("txn_nothing")).toEqual([]);
  });

  it("into the search box leads from a transaction to its payment, else to the group, for those who may", async () => {
    db = await aDesk();
    const search = (text: string, mayRead: boolean) =>
      answerSearch(db, {
        lookup: readLookup(text, { zone, now }),
        environment: "sandbox",
        operator: { scope: everything, can: (permission) => mayRead && permission === "reconciliation:read" },
        config: aConfig(),
      });
    expect((await search("txn_short", true)).groups).toMatchObject([{ hits: [{ kind: "payment", id: "pr-short" }] }]);
    expect((await search("see (txn_stranger).", true)).groups).toMatchObject([
      { hits: [], more: { href: "/reconciliation/exceptions/py-stranger?environment=sandbox" } },
    ]);
    expect((await search("txn_short", false)).groups).toEqual([]);
  });
});

describe("every query of the work list", () => {
  const searches = [
    "",
    "state=resolved",
    "state=all",
    "state=all&class=matched",
    "state=all&currency=IDR",
    "state=all&assignee=me",
    "state=all&assignee=none",
    "class=settled_late&currency=IDR&assignee=someone&note=refunded",
    "age=lt1d&age=gt7d",
  ];
  const ranges = ["", "age=gt7d", "from=2026-03-01&to=2026-03-31"];
  const cursors = ["", "cursor=n.1773144000000.x", "cursor=p.1773144000000.x", "sort=oldest"];

  it.each(searches)("walks an index in its order: %s", async (search) => {
    for (const range of ranges) {
      for (const cursor of cursors) {
        const plans = await plansOf(db, () => page([search, range, cursor].join("&")));
        expect(plans.length).toBeGreaterThan(0);
        for (const plan of plans) {
          expect(plan).not.toMatch(TABLE_SCAN);
          expect(plan).not.toMatch(/TEMP B-TREE/);
        }
      }
    }
  });

  it("finds what was pasted, what is counted and what is next to one by an index", async () => {
    const pasted = await plansOf(db, () => page("q=txn_1"));
    for (const plan of pasted) expect(plan).not.toMatch(TABLE_SCAN);
    const counted = await plansOf(db, () => countExceptions(db, everything, { environment: "sandbox", now }));
    for (const plan of counted) expect(plan).toMatch(/reconciliation_groups_by_\w+ \(environment=\? AND state=\?/);
    const rail = await plansOf(db, () =>
      countRail(db, everything, { environment: "sandbox", now, isReconciler: true }),
    );
    const own = rail.filter((plan) => plan.includes("reconciliation_groups"));
    expect(own).toHaveLength(1);
    for (const plan of own) expect(plan).not.toMatch(WALK);
  });
});
