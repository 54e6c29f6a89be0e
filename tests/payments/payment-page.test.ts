import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { findPayment } from "~/domain/payments/find-payment.server.ts";
import { paymentTimeline } from "~/domain/payments/payment-timeline.ts";
import { countWebhooksNaming } from "~/domain/webhooks/count-webhooks-naming.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { loader } from "~/routes/payments.$paymentRequestId.tsx";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { aPaymentRequest, aSession, insertPaymentRequests, insertSessions } from "../factories/list-rows.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";
import { plansOf, WALK } from "../setup/query-plans.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const seed = aCapture();
const { payment_request_id: paymentRequestId, payment_id: paymentId } = seed.data;
const asked = { paymentRequestId, environment: null };

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

describe("a payment", () => {
  it("is found by indexes alone, with a session or without", async () => {
    await capture(db, seed);
    await insertSessions(db, [aSession({ paymentSessionId: "ps-1" })]);
    await insertPaymentRequests(db, [aPaymentRequest({ paymentRequestId: "pr-of-session", paymentSessionId: "ps-1" })]);
    for (const id of [paymentRequestId, "pr-of-session", "pr-nobody"]) {
      const plans = await plansOf(db, async () => {
        await findPayment(db, everything, { paymentRequestId: id, environment: null });
        await countWebhooksNaming(db, everything, id);
      });
      expect(plans.length).toBeGreaterThan(1);
      for (const plan of plans) expect(plan).not.toMatch(WALK);
    }
  });

  it("shows what its capture webhook told", async () => {
    await capture(db, seed);
    const detail = await findPayment(db, everything, asked);
    expect(detail?.request).toMatchObject({ eci: "05", cvn: "M", avs: "M", response: "00", capturedMinor: 1_000_000 });
    expect(detail?.payments).toHaveLength(1);
    expect(detail?.payments[0]?.verification).toMatchObject({ threeDsFlow: "CHALLENGE", authorizationCode: "831000" });
    expect(detail?.captures).toMatchObject([{ amountMinor: 1_000_000 }]);
    expect(detail?.events).toMatchObject([{ eventType: "payment.capture", state: "processed", arrivals: [{}] }]);
    expect(detail?.identifiers).toContainEqual({ kind: "rrn", value: "435205253972" });
  });

  it("folds duplicates into one event with its receipts", async () => {
    await capture(db, seed);
    await capture(db, seed, { receivedAt: Date.parse("2026-03-10T12:05:00Z") });
    const detail = await findPayment(db, everything, asked);
    expect(detail?.events).toHaveLength(1);
    expect(detail?.events[0]?.arrivals.map(({ kind }) => kind)).toEqual(["first", "duplicate"]);
  });

  it("is told in the order things happened, not in the order they arrived", async () => {
    await capture(db, seed);
    const detail = await findPayment(db, everything, asked);
    if (!detail) throw new Error("not found");
    const entries = paymentTimeline(detail, Date.parse("2026-03-11T00:00:00Z"));
    expect(entries.map(({ kind }) => kind)).toEqual(["payment", "three_ds", "capture", "webhook", "expected"]);
    expect(entries[2]?.at).toBe(Date.parse("2024-12-18T05:46:34.234Z"));
  });

  it("shows nobody the e-mail address of a cardholder", async () => {
    const card_details = { cardholder_email: "jane.doe@example.com", masked_card_number: "4000XXXXXXXX1091" };
    await capture(db, aCapture({ data: { channel_properties: { card_details } } }));
    const detail = await findPayment(db, everything, asked);
    expect(JSON.stringify(detail)).not.toContain("jane.doe");
  });

  it("is absent outside the scope, by environment and by business id", async () => {
    await capture(db, seed);
    const visible = async (scope: Scope) => (await findPayment(db, scope, asked)) !== null;
    expect(await visible({ environments: ["live"], businessIds: null })).toBe(false);
    expect(await visible({ environments: ["sandbox"], businessIds: ["somebody-else"] })).toBe(false);
    expect(await visible({ environments: ["sandbox"], businessIds: [seed.business_id] })).toBe(true);
    expect(await findPayment(db, everything, { ...asked, environment: "test" })).toBeNull();
  });
});

describe("a payment beside another business's", () => {
  it("shows neither the session nor its other tries", async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-1", paymentSessionId: "ps-1" }),
      aPaymentRequest({ paymentRequestId: "pr-2", paymentSessionId: "ps-1", businessId: "biz-2" }),
    ]);
    await insertSessions(db, [aSession({ paymentSessionId: "ps-1", businessId: "biz-2" })]);
    const find = (scope: Scope) => findPayment(db, scope, { paymentRequestId: "pr-1", environment: null });
    expect(await find(everything)).toMatchObject({ session: {}, siblings: [{ paymentRequestId: "pr-2" }] });
    expect(await find({ ...everything, businessIds: ["biz-1"] })).toMatchObject({ session: null, siblings: [] });
  });

  it("shows none of the other's webhooks", async () => {
    await capture(db, seed);
    await capture(
      db,
      { ...seed, business_id: "biz-2", data: { ...seed.data, business_id: "biz-2" } },
      { webhookId: "wh-2" },
    );
    const { paymentRequests } = db.tables;
    const [own] = await db.read.select({ businessId: paymentRequests.businessId }).from(paymentRequests);
    const find = async (businessIds: readonly string[] | null) =>
      (await findPayment(db, { ...everything, businessIds }, asked))?.events;
    expect(await find(null)).toHaveLength(2);
    expect(await find([own?.businessId ?? ""])).toHaveLength(1);
  });
});

describe("the address of a payment", () => {
  const open = async (id: string, who = {}) => {
    const args = (await signedIn(db, who))(`/payments/${id}`, { paymentRequestId: id });
    return responseOf(loader(args as Parameters<typeof loader>[0]).then(() => new Response("found")));
  };

  it("leads from any other identifier to the payment request", async () => {
    await capture(db, seed);
    const response = await open(paymentId);
    expect(response.headers.get("Location")).toBe(`/payments/${paymentRequestId}?environment=sandbox`);
    expect(await (await open(paymentRequestId)).text()).toBe("found");
  });

  it("answers 404 for what is not there, and says how many webhooks name it", async () => {
    // A card payment event without a status is quarantined: it makes no payment.
    await capture(db, { ...seed, data: { ...seed.data, status: undefined }, event: "payment.odd" });
    const stored = await open(paymentRequestId);
    expect(stored.status).toBe(404);
    expect(await stored.json()).toEqual({ asked: paymentRequestId, webhooks: 1 });
    expect(await (await open("pr-nothing")).json()).toEqual({ asked: "pr-nothing", webhooks: 0 });
  });

  it("answers alike for what is absent and what is not yours", async () => {
    await capture(db, seed, { environment: "live" });
    const response = await open(paymentRequestId, { role: "merchant" });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ asked: paymentRequestId, webhooks: 0 });
  });
});
