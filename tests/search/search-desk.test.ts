import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { findDestination } from "~/domain/search/find-destination.server.ts";
import { readLookup } from "~/domain/search/read-lookup.ts";
import { onlyTarget } from "~/domain/search/search-answer.ts";
import { searchDesk } from "~/domain/search/search-desk.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import {
  aPaymentRequest,
  aSession,
  insertIdentifiers,
  insertPaymentRequests,
  insertSessions,
  NOON,
} from "../factories/list-rows.ts";
import { createTestDatabase } from "../setup/db.ts";
import { plansOf, WALK } from "../setup/query-plans.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const clock = { zone: "UTC", now: NOON };
const tail = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

describe("searching the desk", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });

  async function search(q: string, { scope = everything, environment = "sandbox" as Environment } = {}) {
    const lookup = readLookup(q, clock);
    const found = await searchDesk(db, scope, { lookup, environment });
    const named = await findDestination(db, scope, { ids: lookup.ids, environment });
    const straight = named ?? onlyTarget({ ...found, text: lookup.text, unknown: null, readAs: [] });
    return { ...found, straight };
  }
  const straight = async (q: string, options = {}) => (await search(q, options)).straight?.id ?? null;
  const titles = async (q: string, options = {}) => (await search(q, options)).groups.map((group) => group.title);
  const ids = async (q: string, options = {}) =>
    (await search(q, options)).groups.flatMap((group) => group.hits.map((hit) => hit.id));

  it.each([
    `pr-${tail(1)}`,
    `py-${tail(1)}`,
    `cptr-${tail(1)}`,
    tail(1),
    "435205250001",
    "RRN 435205250001",
    "A1B2C3",
    "7345007929096981700001",
    "016153570190001",
    "e537f539-d59f-4ebe-8d56-7fdc31a80001",
    "Order-77_b8d18f2f-3",
    "order-77",
    "order-77_aaaaaaaa-1",
    "cust-90392f42-d98a-49ef-a7f3-000000000001",
  ])("goes straight from %s to what was captured a moment ago", async (q) => {
    await capture(db, aCapture({ number: 2, data: { reference_id: "Cart-2" } }));
    await capture(db, aDetailedCapture());
    expect(await straight(q)).toBe(`pr-${tail(1)}`);
  });

  it("finds the one payment that a pasted webhook names beside a customer of thousands", async () => {
    const customer = "cust-90392f42-d98a-49ef-a7f3-000000000001";
    const many = Array.from({ length: 1100 }, (_, number) => ({ value: customer, target: `pr-${tail(number + 100)}` }));
    await insertIdentifiers(
      db,
      many.map((one) => ({ ...one, kind: "customer", environment: "live" })),
    );
    await capture(db, aDetailedCapture());
    expect(await straight(`{"customer_id":"${customer}","payment_request_id":"pr-${tail(1)}"}`)).toBe(`pr-${tail(1)}`);
  });

  function aDetailedCapture() {
    const body = aCapture({
      number: 1,
      data: { reference_id: "Order-77_b8d18f2f-3", customer_id: "cust-90392f42-d98a-49ef-a7f3-000000000001" },
    });
    const { authorization_data, authentication_data } = body.data.payment_details;
    Object.assign(authorization_data, {
      authorization_code: "A1B2C3",
      retrieval_reference_number: "435205250001",
      reconciliation_id: "7345007929096981700001",
      network_transaction_id: "016153570190001",
    });
    authentication_data.a_res = {
      ...authentication_data.a_res,
      directory_server_trans_id: "e537f539-d59f-4ebe-8d56-7fdc31a80001",
    };
    return body;
  }

  it("goes from a whole webhook pasted as JSON to the payment it tells of", async () => {
    await capture(db, aCapture({ number: 1 }));
    await capture(db, aCapture({ number: 2 }));
    expect(await straight(JSON.stringify(aCapture({ number: 2 }), null, 2))).toBe(`pr-${tail(2)}`);
  });

  it("goes from our event id to its place on the payment's timeline", async () => {
    const { eventId } = await capture(db, aCapture({ number: 1 }));
    const { straight: found } = await search(eventId.toUpperCase().replace("EVT", "evt"));
    expect(found?.href).toBe(`/payments/pr-${tail(1)}?environment=sandbox#webhook-${eventId}`);
    expect(await ids(eventId.slice(0, 9))).toEqual([eventId]);
  });

  it("goes from a webhook of no card payment to its own page", async () => {
    const { eventId } = await capture(db, "{");
    expect((await search(eventId)).straight?.href).toBe(`/webhooks/${eventId}?environment=sandbox`);
  });

  it("goes from a session to the payment it shows, or to its own page when it has none", async () => {
    const paymentSessionId = "ps-661f87c614802d6c402cd82d";
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-first", paymentSessionId }),
      aPaymentRequest({ paymentRequestId: "pr-second", paymentSessionId }),
    ]);
    await insertSessions(db, [
      aSession({ paymentSessionId, paymentRequestId: "pr-second", paymentRequestCount: 2 }),
      aSession({ paymentSessionId: "ps-000000000000000000000001" }),
    ]);
    const row = { environment: "sandbox", kind: "session", businessId: "biz-1" } as const;
    await insertIdentifiers(db, [
      { ...row, value: paymentSessionId, target: "pr-first" },
      { ...row, value: paymentSessionId, target: "pr-second" },
      { ...row, value: "ps-000000000000000000000001", target: "ps-000000000000000000000001" },
    ]);
    expect(await straight(paymentSessionId)).toBe("pr-second");
    expect(await straight("ps-000000000000000000000001")).toBe("ps-000000000000000000000001");
  });

  it("shows the payments of a customer who has several, newest first, and says why", async () => {
    const customer_id = "cust-90392f42-d98a-49ef-a7f3-000000000001";
    await capture(db, aCapture({ number: 1, data: { customer_id, created: "2024-12-18T05:46:08.192Z" } }));
    await capture(db, aCapture({ number: 2, data: { customer_id, created: "2024-12-19T05:46:08.192Z" } }));
    const { groups, straight: found } = await search(customer_id);
    expect(found).toBeNull();
    expect(groups.map(({ title, hits }) => [title, hits.map((hit) => hit.id)])).toEqual([
      [`Customer ${customer_id}`, [`pr-${tail(2)}`, `pr-${tail(1)}`]],
    ]);
    expect(groups[0]?.hits[0]?.reason).toEqual({ label: "Customer", value: customer_id, matched: customer_id.length });
  });

  it("groups what begins so by what it is", async () => {
    await capture(db, aDetailedCapture());
    await capture(db, aCapture({ number: 2, data: { reference_id: "7345-cart" } }));
    expect(await titles("7345")).toEqual(["Reference begins with 7345", "Reconciliation id begins with 7345"]);
  });

  it("tells nobody an e-mail address letter by letter", async () => {
    await insertPaymentRequests(db, [aPaymentRequest({ paymentRequestId: "pr-1" })]);
    const row = { environment: "sandbox", target: "pr-1", businessId: "biz-1" } as const;
    await insertIdentifiers(db, [{ ...row, kind: "email", value: "maya@example.com" }]);
    for (const q of ["maya", "maya@", "maya@example.co", "E-mail: maya"]) expect(await ids(q)).toEqual([]);
    const { groups } = await search("Maya <MAYA@example.com>");
    expect(groups).toMatchObject([{ title: "E-mail m•••@example.com", hits: [{ id: "pr-1" }] }]);
    expect(JSON.stringify(groups)).not.toContain("maya@example.com");
  });

  it("finds a card by what is known of it, whatever the mask", async () => {
    const masks = ["400000xxxxxx1091", "4000****1091", "520000xxxxxx1091", "400000xxxxxx1092"];
    await insertPaymentRequests(
      db,
      masks.map((_, index) => aPaymentRequest({ paymentRequestId: `pr-${index}`, createdAt: NOON - index })),
    );
    const rows = masks.flatMap((value, index) =>
      [value, value.slice(-4)].map((one) => ({ value: one, target: `pr-${index}` })),
    );
    await insertIdentifiers(
      db,
      rows.map((row) => ({ ...row, environment: "sandbox", kind: "card", businessId: "biz-1" }) as const),
    );
    expect(await ids("1091")).toEqual(["pr-0", "pr-1", "pr-2"]);
    expect(await ids("•••• 1091")).toEqual(["pr-0", "pr-1", "pr-2"]);
    expect(await ids("4000****1091")).toEqual(["pr-0", "pr-1"]);
    expect(await ids("400000XXXXXX1091")).toEqual(["pr-0", "pr-1"]);
    expect(await titles("4000 00** **** 1092")).toEqual(["Card 400000…1092"]);
    expect(await ids("4000 0000 0000 1091")).toEqual(["pr-0", "pr-1"]);
  });

  it("finds an amount in every currency it fits, newest first, and links to all of them", async () => {
    await insertPaymentRequests(db, [
      ...Array.from({ length: 6 }, (_, index) =>
        aPaymentRequest({ paymentRequestId: `pr-${index}`, createdAt: NOON + index }),
      ),
      aPaymentRequest({ paymentRequestId: "pr-php", currency: "PHP" }),
      aPaymentRequest({ paymentRequestId: "pr-vnd", currency: "VND", amountMinor: 10_000 }),
    ]);
    const { groups } = await search("10,000");
    expect(groups.map(({ title, hits }) => [title, hits.map(({ id }) => id)])).toEqual([
      ["10,000.00 IDR", ["pr-5", "pr-4", "pr-3", "pr-2"]],
      ["10,000.00 PHP", ["pr-php"]],
      ["10,000 VND", ["pr-vnd"]],
    ]);
    expect(groups[0]?.more?.href).toBe("/payments?environment=sandbox&currency=IDR&amount_min=10000&amount_max=10000");
    expect(await straight("PHP 10.000,00")).toBe("pr-php");
  });

  it("finds an amount of a day", async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-then", createdAt: NOON - 86_400_000 }),
      aPaymentRequest({ paymentRequestId: "pr-now" }),
    ]);
    expect(await straight("10000 yesterday")).toBe("pr-then");
  });

  it("lists a day from its first instant up to the next day's, and never jumps into it", async () => {
    const at = (text: string) => Date.parse(text);
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-before", createdAt: at("2026-03-08T23:59:59.999Z") }),
      aPaymentRequest({ paymentRequestId: "pr-first", createdAt: at("2026-03-09T00:00:00Z") }),
      aPaymentRequest({ paymentRequestId: "pr-after", createdAt: at("2026-03-10T00:00:00Z") }),
    ]);
    await insertSessions(db, [aSession({ paymentSessionId: "ps-1", createdAt: at("2026-03-09T10:00:00Z") })]);
    for (const q of ["yesterday", "9 Mar", "2026-03-09"]) {
      expect(await ids(q)).toEqual(["pr-first", "ps-1"]);
      expect(await straight(q)).toBeNull();
    }
  });

  it("looks in the other environments of the scope when there is nothing here, and says so", async () => {
    await capture(db, aCapture({ number: 1, data: { reference_id: "Live-1" } }), { environment: "live" });
    const found = await search("live-", { environment: "sandbox" });
    expect(found).toMatchObject({ elsewhere: "live", straight: { id: `pr-${tail(1)}`, environment: "live" } });
    expect(await straight(`pr-${tail(1)}`, { environment: "sandbox" })).toBe(`pr-${tail(1)}`);
  });

  it("finds nothing outside the operator's environments and businesses", async () => {
    await capture(db, aDetailedCapture(), { environment: "live" });
    const { eventId } = await capture(db, aCapture({ number: 2 }), { environment: "live" });
    const asked = [`pr-${tail(1)}`, "435205250001", "order-77", "order", "10000", "18 Dec 2024", eventId, "evt_"];
    const narrow: readonly Scope[] = [
      { environments: ["sandbox", "test"], businessIds: null },
      { environments: ["sandbox", "live"], businessIds: ["another"] },
      { environments: ["sandbox", "live"], businessIds: [] },
    ];
    for (const scope of narrow) {
      for (const q of asked) {
        expect(await ids(q, { scope })).toEqual([]);
        expect(await straight(q, { scope })).toBeNull();
      }
    }
  });

  it("finds by an index, whatever is asked", async () => {
    const asked = [`pr-${tail(1)}`, "ps-661f87c614802d6c402cd82d", "evt_0190", "order-77", "1091", "4000****1091"];
    const scopes: readonly Scope[] = [everything, { environments: ["sandbox", "live"], businessIds: ["biz-1"] }];
    for (const scope of scopes) {
      for (const q of [...asked, "10000 yesterday", "IDR 10,000", "18 Dec", "maya@example.com", "évt"]) {
        const plans = await plansOf(db, () => search(q, { scope }));
        expect(plans.length).toBeGreaterThan(0);
        for (const plan of plans) expect(plan).not.toMatch(WALK);
      }
    }
  });
});
