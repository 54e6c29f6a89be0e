import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { readTail } from "../../app/domain/tail/read-tail.server.ts";
import { decodeTailCursor, encodeTailCursor, parseTailFilters, type TailPage } from "../../app/domain/tail/tail.ts";
import { addLines, beginLines, KEPT_LINES, release, skipAhead } from "../../app/domain/tail/tail-lines.ts";
import type { Scope } from "../../app/lib/scope.ts";
import { loader } from "../../app/routes/webhooks.tail_.arrivals.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const all: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const noFilters = { environment: null, types: [], states: [], q: null };

describe("the tail", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });
  const arrive = (number: number, environment: "sandbox" | "test" = "sandbox") =>
    capture(db, aCapture({ number }), { environment });
  const read = (after: string | null, more: Partial<Parameters<typeof readTail>[2]> = {}, scope = all) =>
    readTail(db, scope, {
      environment: "sandbox",
      filters: noFilters,
      after: after === null ? null : decodeTailCursor(after),
      withRefusals: false,
      ...more,
    });

  it("answers each arrival once, whatever arrives between the questions", async () => {
    await arrive(1);
    let { cursor, entries } = await read(null);
    const seen = entries.map(({ key }) => key);
    expect(seen).toHaveLength(1);
    let number = 2;
    for (const burst of [0, 3, 1, 0, 5]) {
      for (let count = 0; count < burst; count++) await arrive(number++);
      ({ cursor, entries } = await read(cursor));
      expect(entries).toHaveLength(burst);
      seen.unshift(...entries.map(({ key }) => key));
    }
    expect(new Set(seen).size).toBe(10);
  });

  it("shows a second arrival of an event as a duplicate of it", async () => {
    const first = await arrive(1);
    const { cursor } = await read(null);
    await arrive(1);
    expect((await read(cursor)).entries).toMatchObject([{ isDuplicate: true, eventId: first.eventId }]);
  });

  it("keeps environments and businesses apart, and its cursor moves on past them", async () => {
    await arrive(1, "test");
    const { cursor, entries } = await read(null);
    expect(entries).toEqual([]);
    expect(cursor).toMatch(/^rct_/);
    await arrive(2);
    expect((await read(cursor)).entries).toHaveLength(1);
    expect((await read(cursor, {}, { ...all, businessIds: ["another"] })).entries).toEqual([]);
    expect((await read(cursor, {}, { ...all, environments: ["test"] })).entries).toEqual([]);
  });

  it.each([
    ["a type", { types: ["payment.capture"] }, 2],
    ["a type that did not come", { types: ["refund.succeeded"] }, 0],
    ["a state", { states: ["quarantined"] }, 1],
    ["part of an id", { q: "000000000002" }, 1],
    ["a text with wildcards in it", { q: "%" }, 0],
  ])("filters by %s", async (_, filters, count) => {
    await arrive(1);
    await arrive(2);
    await capture(db, "not JSON", { environment: "sandbox" });
    expect((await read(null, { filters: { ...noFilters, ...filters } })).entries).toHaveLength(count);
  });

  it("shows what was refused at the door to those who may know, once", async () => {
    const refuse = () => db.refuse({ reason: "wrong_token", size: 12, address: "192.0.2.1", refusedAt: Date.now() });
    await refuse();
    const first = await read(null, { withRefusals: true });
    expect(first.entries).toMatchObject([{ kind: "refusal", reason: "wrong_token", address: "192.0.2.1" }]);
    expect((await read(first.cursor, { withRefusals: true })).entries).toEqual([]);
    await refuse();
    expect((await read(first.cursor, { withRefusals: true })).entries).toHaveLength(1);
    expect((await read(null)).entries).toEqual([]);
    const typed = { ...noFilters, types: ["payment.capture"] };
    expect((await read(null, { withRefusals: true, filters: typed })).entries).toEqual([]);
  });

  it("is answered to operators only, without refusals to those who do not set up webhooks", async () => {
    await db.refuse({ reason: "wrong_token", size: 1, address: null, refusedAt: Date.now() });
    await arrive(1);
    const entriesFor = async (role: "admin" | "viewer") => {
      const answer = await loader((await signedIn(db, { role }))("/webhooks/tail/arrivals?environment=sandbox"));
      return ((await answer.json()) as TailPage).entries.map(({ kind }) => kind).sort();
    };
    expect(await entriesFor("admin")).toEqual(["arrival", "refusal"]);
    expect(await entriesFor("viewer")).toEqual(["arrival"]);
    const merchant = await signedIn(db, { role: "merchant" });
    expect((await responseOf(loader(merchant("/webhooks/tail/arrivals?environment=live")))).status).toBe(404);
    const { context } = merchant("/");
    const stranger = { request: new Request("http://127.0.0.1/webhooks/tail/arrivals"), params: {}, context };
    expect((await responseOf(loader(stranger))).status).toBe(302);
  });

  it("names what it does not understand of its URL", () => {
    const { problems } = parseTailFilters("http://desk/webhooks/tail?from=2026-01-01&colour=red&after=x");
    expect(problems.map(({ param }) => param).sort()).toEqual(["colour", "from"]);
  });
});

describe("the lines of a tail", () => {
  const page = (from: number, count: number, cursor = `.${from + count}`): TailPage => ({
    entries: Array.from({ length: count }, (_, index) => {
      const number = from + count - index;
      return { kind: "refusal", key: `refusal-${number}`, at: number, reason: "x", size: null, address: null };
    }),
    cursor,
    isMore: false,
  });

  it("are every arrival in order, once, however they are held, released and answered twice", () => {
    const step = fc.record({ count: fc.nat(40), isHeld: fc.boolean(), isTwice: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let lines = beginLines(page(0, 0, ".0"));
        let from = 0;
        for (const { count, isHeld, isTwice } of steps) {
          const answer = page(from, count);
          const after = lines.cursor;
          lines = addLines(lines, answer, { after, isHeld });
          if (isTwice && count > 0) lines = addLines(lines, answer, { after, isHeld });
          from += count;
        }
        const { shown, held, heldCount } = release(lines);
        expect([held, heldCount]).toEqual([[], 0]);
        const wanted = Array.from({ length: Math.min(from, KEPT_LINES) }, (_, index) => `refusal-${from - index}`);
        expect(shown.map(({ key }) => key)).toEqual(wanted);
      }),
    );
  });

  it("count what was held even where they do not keep it", () => {
    const held = addLines(beginLines(page(0, 0, ".0")), page(0, 900), { after: ".0", isHeld: true });
    expect([held.heldCount, held.held.length, held.shown.length]).toEqual([900, KEPT_LINES, 0]);
  });

  it("draw a gap where the tail could not follow", () => {
    const lines = skipAhead(beginLines(page(0, 3)), page(5_000, 2), false);
    expect(lines.shown.map(({ kind }) => kind)).toEqual(["refusal", "refusal", "gap", "refusal", "refusal", "refusal"]);
    expect(lines.shown[2]).toMatchObject({ from: 3, at: 5_001 });
  });
});

it("a tail's cursor reads back as it was written, and nothing else is one", () => {
  const cursor = { receipt: "rct_019aa8a0-0000-7000-8000-000000000000", refusal: 12 };
  expect(decodeTailCursor(encodeTailCursor(cursor))).toEqual(cursor);
  expect(decodeTailCursor(".0")).toEqual({ receipt: "", refusal: 0 });
  for (const text of ["", "rct_1.1", "x.1", `${cursor.receipt}.-1`]) expect(decodeTailCursor(text)).toBeNull();
});
