import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { listChunks, listPage } from "~/domain/lists/list-page.server.ts";
import { parsePaymentFilters } from "~/domain/payments/payment-filters.ts";
import { type PaymentListFilters, paymentList } from "~/domain/payments/payment-queries.server.ts";
import { decodeCursor } from "~/lib/cursor.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { aPaymentRequest, insertIdentifiers, insertPaymentRequests, NOON } from "../factories/list-rows.ts";
import { createTestDatabase } from "../setup/db.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };

function asked(search: string, environment: Environment = "sandbox"): PaymentListFilters {
  const { filters } = parsePaymentFilters(`http://desk.test/payments?${search}`, { zone: "Asia/Jakarta" });
  return { ...filters, environment };
}

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

async function ids(search: string, scope = everything, environment: Environment = "sandbox") {
  const page = await listPage(db, scope, paymentList, asked(search, environment));
  return page.rows.map((row) => row.paymentRequestId);
}

describe("filters", () => {
  beforeEach(async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-1", eci: "05", cvn: "M", createdAt: NOON + 1 }),
      aPaymentRequest({ paymentRequestId: "pr-2", eci: "06", cvn: "N", createdAt: NOON + 2 }),
      aPaymentRequest({ paymentRequestId: "pr-3", eci: null, cvn: "N", status: "FAILED", createdAt: NOON + 3 }),
      aPaymentRequest({ paymentRequestId: "pr-4", eci: "", cvn: null, status: "FAILED", createdAt: NOON + 4 }),
      aPaymentRequest({ paymentRequestId: "pr-5", eci: "X9", cvn: "M", currency: "PHP", createdAt: NOON + 5 }),
    ]);
  });

  it("lists newest first without any", async () => {
    expect(await ids("")).toEqual(["pr-5", "pr-4", "pr-3", "pr-2", "pr-1"]);
  });

  it("lists oldest first when asked to, merged values too", async () => {
    expect(await ids("sort=oldest")).toEqual(["pr-1", "pr-2", "pr-3", "pr-4", "pr-5"]);
    expect(await ids("sort=oldest&eci=06&eci=05&eci=X9")).toEqual(["pr-1", "pr-2", "pr-5"]);
    expect(await ids("sort=oldest&status=FAILED&cvn=N")).toEqual(["pr-3"]);
  });

  it("takes a repeated param as any of its values, in one order", async () => {
    expect(await ids("eci=05&eci=06")).toEqual(["pr-2", "pr-1"]);
    expect(await ids("eci=06&eci=05&eci=X9")).toEqual(["pr-5", "pr-2", "pr-1"]);
  });

  it("takes `none` as a blank code, not sent and sent empty alike", async () => {
    expect(await ids("eci=none")).toEqual(["pr-4", "pr-3"]);
    expect(await ids("eci=none&eci=05")).toEqual(["pr-4", "pr-3", "pr-1"]);
    expect(await ids("status=FAILED&cvn=none")).toEqual(["pr-4"]);
  });

  it("takes a code no table knows as a value like any other", async () => {
    expect(await ids("eci=X9")).toEqual(["pr-5"]);
    expect(await ids("status=ON_THE_MOON")).toEqual([]);
  });

  it("takes several params as all of them", async () => {
    expect(await ids("status=FAILED&cvn=N")).toEqual(["pr-3"]);
    expect(await ids("cvn=M&currency=PHP&response=00&avs=M")).toEqual(["pr-5"]);
  });

  it("takes failure code, network, anomaly and missing webhook like any code", async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-6", failureCode: "EXPIRED_CARD", network: "VISA", createdAt: NOON + 6 }),
      aPaymentRequest({ paymentRequestId: "pr-7", anomaly: "bad", missing: "session_webhook", createdAt: NOON + 7 }),
      aPaymentRequest({ paymentRequestId: "pr-8", anomaly: "look", missing: "outcome", createdAt: NOON + 8 }),
    ]);
    expect(await ids("failure=EXPIRED_CARD")).toEqual(["pr-6"]);
    expect(await ids("network=VISA&failure=none")).toEqual([]);
    expect(await ids("anomaly=bad&anomaly=look")).toEqual(["pr-8", "pr-7"]);
    expect(await ids("anomaly=none&eci=06")).toEqual(["pr-2"]);
    expect(await ids("missing=outcome")).toEqual(["pr-8"]);
    expect(await ids("missing=none")).toHaveLength(6);
  });

  it("finds both names of a challenge when challenges are asked for, and one when only that is", async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-6", threeDsFlow: "CHALLENGE", createdAt: NOON + 6 }),
      aPaymentRequest({ paymentRequestId: "pr-7", threeDsFlow: "FULL_AUTH", createdAt: NOON + 7 }),
      aPaymentRequest({ paymentRequestId: "pr-8", threeDsFlow: "FRICTIONLESS", createdAt: NOON + 8 }),
    ]);
    expect(await ids("flow=CHALLENGE")).toEqual(["pr-7", "pr-6"]);
    expect(await ids("flow=FULL_AUTH")).toEqual(["pr-7"]);
    expect(await ids("flow=FRICTIONLESS")).toEqual(["pr-8"]);
  });

  it("counts the whole filter, whatever page is shown", async () => {
    const page = await listPage(db, everything, paymentList, asked("status=FAILED"));
    expect(page).toMatchObject({ count: 2, isCounted: true });
  });

  it("takes from and to half-open when they are instants", async () => {
    const [from, to] = [new Date(NOON + 2).toISOString(), new Date(NOON + 4).toISOString()];
    expect(await ids(`from=${from}&to=${to}`)).toEqual(["pr-3", "pr-2"]);
    expect(await ids(`from=${from}&to=${to}&cvn=N&status=FAILED`)).toEqual(["pr-3"]);
  });
});

describe("days", () => {
  it("are those of the operator's zone, the last one included", async () => {
    const at = (iso: string) => Date.parse(iso);
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-before", createdAt: at("2026-03-09T16:59:59.999Z") }),
      aPaymentRequest({ paymentRequestId: "pr-first", createdAt: at("2026-03-09T17:00:00Z") }),
      aPaymentRequest({ paymentRequestId: "pr-last", createdAt: at("2026-03-10T16:59:59.999Z") }),
      aPaymentRequest({ paymentRequestId: "pr-after", createdAt: at("2026-03-10T17:00:00Z") }),
    ]);
    expect(await ids("from=2026-03-10&to=2026-03-10")).toEqual(["pr-last", "pr-first"]);
  });
});

describe("pages", () => {
  const total = 130;
  beforeEach(async () => {
    // Every ten of them share an instant, so that pages must break inside one.
    const rows = Array.from({ length: total }, (_, index) =>
      aPaymentRequest({
        paymentRequestId: `pr-${String(index).padStart(3, "0")}`,
        createdAt: NOON + Math.floor(index / 10),
        status: index % 3 === 0 ? "FAILED" : "SUCCEEDED",
      }),
    );
    await insertPaymentRequests(db, rows);
  });

  async function walk(search: string) {
    const pages = [await listPage(db, everything, paymentList, asked(search))];
    for (let next = pages[0]?.next ?? null; next !== null && pages.length < 10; next = pages.at(-1)?.next ?? null) {
      pages.push(await listPage(db, everything, paymentList, { ...asked(search), cursor: decodeCursor(next) }));
    }
    return pages;
  }

  it.each([
    ["plain", "", total],
    ["oldest first", "sort=oldest", total],
    ["one filter", "status=FAILED", 44],
    ["any of two", "status=FAILED&status=SUCCEEDED", total],
    ["two filters", "status=SUCCEEDED&eci=05", 86],
  ])("show every row once, also where instants are equal: %s", async (_name, search, expected) => {
    const seen = (await walk(search)).flatMap((page) => page.rows.map((row) => row.paymentRequestId));
    expect(seen).toHaveLength(expected);
    const ascending = [...new Set(seen)].sort();
    expect(seen).toEqual(search.includes("oldest") ? ascending : ascending.reverse());
  });

  it.each(["", "sort=oldest"])("go back the way they came: %s", async (search) => {
    const pages = await walk(search);
    const back = await listPage(db, everything, paymentList, {
      ...asked(search),
      cursor: decodeCursor(pages[2]?.previous ?? ""),
    });
    expect(back.rows).toEqual(pages[1]?.rows);
    expect(back.next).toEqual(pages[1]?.next);
    const first = await listPage(db, everything, paymentList, {
      ...asked(search),
      cursor: decodeCursor(back.previous ?? ""),
    });
    expect(first.rows).toEqual(pages[0]?.rows);
    expect(first.previous).toBeNull();
  });

  it("do not move when newer payments arrive", async () => {
    const [first, second] = await walk("");
    await insertPaymentRequests(db, [aPaymentRequest({ paymentRequestId: "pr-new", createdAt: NOON + 1000 })]);
    const again = await listPage(db, everything, paymentList, {
      ...asked(""),
      cursor: decodeCursor(first?.next ?? ""),
    });
    expect(again.rows).toEqual(second?.rows);
  });

  it("continue inside a range of days that the edge lies in", async () => {
    const range = `from=${new Date(NOON + 2).toISOString()}&to=${new Date(NOON + 9).toISOString()}`;
    const seen = (await walk(range)).flatMap((page) => page.rows);
    expect(seen).toHaveLength(70);
  });

  it("stay inside the range when the edge was tampered with", async () => {
    const range = asked(`to=${new Date(NOON + 2).toISOString()}`);
    const page = await listPage(db, everything, paymentList, {
      ...range,
      cursor: { direction: "next", at: NOON + 99, id: "x" },
    });
    expect(page.rows).toHaveLength(20);
    expect(page.rows.every((row) => row.sortAt < NOON + 2)).toBe(true);
  });

  it("are exported as one list, in the same order", async () => {
    const chunks = listChunks(db, everything, paymentList, asked("cursor=n.1.pr-0"), {
      size: 7,
      signal: new AbortController().signal,
    });
    const seen: string[] = [];
    for await (const chunk of chunks) seen.push(...chunk.map((row) => row.paymentRequestId));
    expect(seen).toHaveLength(total);
    expect(seen).toEqual([...seen].sort().reverse());
  });
});

describe("scope", () => {
  beforeEach(async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-a", businessId: "biz-1" }),
      aPaymentRequest({ paymentRequestId: "pr-b", businessId: "biz-2" }),
      aPaymentRequest({ paymentRequestId: "pr-c", businessId: null }),
      aPaymentRequest({ paymentRequestId: "pr-live", environment: "live" }),
    ]);
  });

  it("never mixes environments", async () => {
    expect(await ids("")).toEqual(["pr-c", "pr-b", "pr-a"]);
    expect(await ids("", everything, "live")).toEqual(["pr-live"]);
  });

  it("shows nothing of an environment that is not the operator's, filter or export", async () => {
    const scope: Scope = { environments: ["sandbox"], businessIds: null };
    expect(await ids("", scope, "live")).toEqual([]);
    const chunks = listChunks(db, scope, paymentList, asked("", "live"), {
      size: 10,
      signal: new AbortController().signal,
    });
    expect((await chunks.next()).done).toBe(true);
  });

  it("keeps to the operator's business ids; a row without one belongs to nobody in particular", async () => {
    const scope: Scope = { environments: ["sandbox"], businessIds: ["biz-2"] };
    expect(await ids("", scope)).toEqual(["pr-b"]);
    expect(await ids("eci=05", scope)).toEqual(["pr-b"]);
    await insertIdentifiers(db, [{ environment: "sandbox", value: "pr-a", kind: "payment_request", target: "pr-a" }]);
    expect(await ids("q=pr-a")).toEqual(["pr-a"]);
    expect(await ids("q=pr-a", scope)).toEqual([]);
    const page = await listPage(db, scope, paymentList, asked(""));
    expect(page.count).toBe(1);
  });
});

describe("q", () => {
  beforeEach(async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-1", createdAt: NOON + 1 }),
      aPaymentRequest({ paymentRequestId: "pr-2", createdAt: NOON + 2, status: "FAILED" }),
    ]);
    const base = { environment: "sandbox", businessId: "biz-1" } as const;
    await insertIdentifiers(db, [
      { ...base, value: "order-77", kind: "reference", target: "pr-1" },
      { ...base, value: "order-77", kind: "reference", target: "pr-2" },
      { ...base, value: "435205253972", kind: "rrn", target: "pr-2" },
      { ...base, environment: "live", value: "435205253972", kind: "rrn", target: "pr-1" },
    ]);
  });

  it("finds a payment by any of its identifiers, or by how one begins, capitals or not", async () => {
    expect(await ids("q=435205253972")).toEqual(["pr-2"]);
    expect(await ids("q=ORDER-7")).toEqual(["pr-2", "pr-1"]);
    expect(await ids("q=order-77&status=FAILED")).toEqual(["pr-2"]);
    expect(await ids("q=rder-77")).toEqual([]);
  });

  it("lists all that begin alike, also when they are too many to name one by one", async () => {
    const names = Array.from({ length: 1_100 }, (_, index) => `pr-many-${String(index).padStart(4, "0")}`);
    await insertPaymentRequests(
      db,
      names.map((paymentRequestId, index) => aPaymentRequest({ paymentRequestId, createdAt: NOON + 10 + index })),
    );
    await insertIdentifiers(
      db,
      names.map((target) => ({
        environment: "sandbox",
        businessId: "biz-1",
        kind: "reference",
        value: `cart ${target}`,
        target,
      })),
    );
    const page = await listPage(db, everything, paymentList, asked("q=cart"));
    expect(page.rows[0]?.paymentRequestId).toBe("pr-many-1099");
    expect(page).toMatchObject({ count: 1_000, isCounted: false });
    expect(await ids("q=cart&status=FAILED")).toEqual([]);
  });

  it("does not take % and _ for wildcards", async () => {
    expect(await ids("q=%25")).toEqual([]);
    expect(await ids("q=order_7")).toEqual([]);
  });
});

describe("a range of amounts", () => {
  const priced = (paymentRequestId: string, currency: string | null, amountMinor: number | null, at: number) =>
    aPaymentRequest({ paymentRequestId, currency, amountMinor, createdAt: NOON + at });
  beforeEach(async () => {
    await insertPaymentRequests(db, [
      priced("pr-idr-99", "IDR", 9_999, 1),
      priced("pr-idr-100", "IDR", 10_000, 2),
      priced("pr-idr-200", "IDR", 20_000, 3),
      priced("pr-vnd-100", "VND", 100, 4),
      priced("pr-vnd-200", "VND", 200, 5),
      priced("pr-odd", "IDR", null, 6),
      priced("pr-doge", "DOGE", null, 7),
    ]);
  });

  it("is in major units of each currency, both ends included", async () => {
    expect(await ids("amount_min=100")).toEqual(["pr-vnd-200", "pr-vnd-100", "pr-idr-200", "pr-idr-100"]);
    expect(await ids("amount_max=100")).toEqual(["pr-vnd-100", "pr-idr-100", "pr-idr-99"]);
    expect(await ids("amount_min=99.99&amount_max=100")).toEqual(["pr-vnd-100", "pr-idr-100", "pr-idr-99"]);
    expect(await ids("amount_min=200&amount_max=100")).toEqual([]);
  });

  it("is of one currency when one is asked for; a currency nobody knows has no amounts", async () => {
    expect(await ids("amount_min=100&currency=VND")).toEqual(["pr-vnd-200", "pr-vnd-100"]);
    expect(await ids("amount_min=0&currency=DOGE")).toEqual([]);
    expect(await ids("amount_min=0&currency=none")).toEqual([]);
  });

  it("goes together with the search, other filters, days and the oldest first", async () => {
    await insertIdentifiers(db, [
      { environment: "sandbox", value: "order-1", kind: "reference", target: "pr-idr-100", businessId: "biz-1" },
      { environment: "sandbox", value: "order-2", kind: "reference", target: "pr-idr-200", businessId: "biz-1" },
    ]);
    expect(await ids("amount_max=150&q=order")).toEqual(["pr-idr-100"]);
    expect(await ids("amount_min=100&status=FAILED")).toEqual([]);
    expect(await ids("amount_min=100&sort=oldest")).toEqual(["pr-idr-100", "pr-idr-200", "pr-vnd-100", "pr-vnd-200"]);
    const from = new Date(NOON + 4).toISOString();
    expect(await ids(`amount_min=100&from=${from}`)).toEqual(["pr-vnd-200", "pr-vnd-100"]);
  });

  it("holds of more payments than can be named one by one, page by page and in the export", async () => {
    const many = Array.from({ length: 1_100 }, (_, index) =>
      priced(`pr-many-${String(index).padStart(4, "0")}`, "PHP", 50_000 + index, 10 + index),
    );
    await insertPaymentRequests(db, many);
    const page = await listPage(db, everything, paymentList, asked("amount_min=500"));
    expect(page.rows[0]?.paymentRequestId).toBe("pr-many-1099");
    expect(page).toMatchObject({ count: 1_000, isCounted: false });
    const second = await listPage(db, everything, paymentList, {
      ...asked("amount_min=500"),
      cursor: decodeCursor(page.next ?? ""),
    });
    expect(second.rows[0]?.paymentRequestId).toBe("pr-many-1049");
    const options = { size: 500, signal: new AbortController().signal };
    let rows = 0;
    for await (const chunk of listChunks(db, everything, paymentList, asked("amount_min=500"), options))
      rows += chunk.length;
    expect(rows).toBe(1_100);
  });
});
