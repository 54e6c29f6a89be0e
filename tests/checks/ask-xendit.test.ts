import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askXendit } from "~/domain/checks/ask-xendit.server.ts";
import type { CheckOptions } from "~/domain/checks/check-payment.server.ts";
import { createQuota } from "~/domain/checks/quota.ts";
import { type Desk, eventually, openDesk, savedCard } from "../sessions/desk.ts";
import { aStarter } from "../sessions/factories.ts";

let desk: Desk;
let paymentSessionId: string;
let paymentRequestId: string;
afterEach(() => desk.close());

const environment = "sandbox" as const;
const ask = (id: string, change: Partial<CheckOptions> & { environment?: "sandbox" | "test" | "live" } = {}) => {
  const { environment: where = environment, ...rest } = change;
  return askXendit(
    desk.db,
    { environment: where, id },
    { config: desk.config, by: aStarter(), now: new Date(), ...rest },
  );
};
const observations = () => desk.db.read.select().from(desk.db.tables.observations);
const requests = () => desk.db.read.select().from(desk.db.tables.paymentRequests);

async function post(path: string, body: unknown) {
  const headers = { authorization: `Basic ${btoa(`${desk.keys.secretKey}:`)}`, "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return (await fetch(`${desk.config.internalUrl}/sandbox${path}`, init)).json();
}

/** Paid with the merchant's own integration, while none of its webhooks reached this desk. */
beforeEach(async () => {
  desk = await openDesk({ mute: true });
  const session = await post("/sessions", {
    reference_id: "order-1",
    session_type: "PAY",
    mode: "CARDS_SESSION_JS",
    amount: 10000,
    currency: "IDR",
    country: "ID",
    customer: { reference_id: "shopper-1", type: "INDIVIDUAL", individual_detail: { given_names: "Jaap" } },
    cards_session_js: {
      card_payment_token_id: savedCard("VISA", "FRICTIONLESS"),
      success_return_url: "https://shop.example/ok",
      failure_return_url: "https://shop.example/no",
    },
  });
  paymentSessionId = session.payment_session_id;
  ({ paymentRequestId } = await desk.pay(paymentSessionId));
  await eventually(async () => (await sandboxPayment()) !== null);
});

async function sandboxPayment(): Promise<string | null> {
  const { sandboxPayments } = desk.db.tables;
  const headers = { authorization: `Basic ${btoa(`${desk.keys.secretKey}:`)}` };
  await fetch(`${desk.config.internalUrl}/sandbox/v3/payment_requests/${paymentRequestId}`, { headers });
  const [payment = null] = await desk.db.read.select().from(sandboxPayments);
  return payment?.paymentId ?? null;
}

describe("asking Xendit for an id not held here", () => {
  it("leads from a payment request to its page, with its payment and its card read too", async () => {
    expect(await ask(` ${paymentRequestId} `)).toEqual({ ok: true, kind: "payment", id: paymentRequestId });
    expect(await requests()).toMatchObject([{ paymentRequestId, status: "SUCCEEDED", network: "VISA", cvn: "M" }]);
    const [check] = await desk.db.read.select().from(desk.db.tables.checks);
    expect(check).toMatchObject({ paymentRequestId, askedId: paymentRequestId, askedBy: "ada@example.com" });
  });

  it("leads from a payment, and from a session, to the same page", async () => {
    const paymentId = (await sandboxPayment()) ?? "";
    expect(await ask(paymentId)).toEqual({ ok: true, kind: "payment", id: paymentRequestId });
    expect(await ask(paymentSessionId)).toEqual({ ok: true, kind: "payment", id: paymentRequestId });
    expect(await requests()).toMatchObject([{ paymentSessionId, sessionLink: "confirmed", status: "SUCCEEDED" }]);
  });

  it("leads to the session when it has no payment yet", async () => {
    const { payment_session_id: open } = await post("/sessions", {
      reference_id: "order-2",
      session_type: "PAY",
      mode: "CARDS_SESSION_JS",
      amount: 10000,
      currency: "IDR",
      country: "ID",
      customer: { reference_id: "shopper-2", type: "INDIVIDUAL", individual_detail: { given_names: "Jaap" } },
      cards_session_js: {
        card_payment_token_id: savedCard("VISA", "FRICTIONLESS"),
        success_return_url: "https://shop.example/ok",
        failure_return_url: "https://shop.example/no",
      },
    });
    expect(await ask(open)).toEqual({ ok: true, kind: "session", id: open });
  });

  it("says that Xendit does not know it, and keeps nothing", async () => {
    const asked = await ask("pr-00000000-0000-4000-8000-000000000000");
    expect(asked).toMatchObject({ ok: false, refusal: "not_found" });
    expect(asked.ok ? "" : asked.text).toMatch(/does not know this id with this key/);
    expect(await observations()).toEqual([]);
  });

  it.each(["cptr-1", "rfd-1", "evt_1", "order-1", "", "pr-", "pr-a/../b", "pr-1?x=1"])(
    "cannot ask for %j",
    async (id) => {
      desk.asked.length = 0;
      expect(await ask(id)).toMatchObject({ ok: false, refusal: "not_askable" });
      expect(desk.asked).toEqual([]);
    },
  );

  it("says which environment has no key", async () => {
    expect(await ask(paymentRequestId, { environment: "test" })).toEqual({
      ok: false,
      refusal: "no_key",
      text: "Xendit cannot be asked: there is no secret key for Test here.",
    });
  });

  it("does not let an operator pull in another business's payment, by any of its ids", async () => {
    const unknown = await ask("pr-00000000-0000-4000-8000-000000000000");
    const by = aStarter({ scope: { environments: ["sandbox"], businessIds: ["another-business"] } });
    for (const id of [paymentRequestId, (await sandboxPayment()) ?? "", paymentSessionId]) {
      expect(await ask(id, { by })).toEqual(unknown);
    }
    expect(await observations()).toEqual([]);
    expect(await requests()).toEqual([]);
    const mine = aStarter({ scope: { environments: ["sandbox"], businessIds: [desk.keys.businessId] } });
    expect(await ask(paymentRequestId, { by: mine })).toMatchObject({ ok: true });
  });

  it("outside the operator's environments is as if there were nothing", async () => {
    expect(await ask(paymentRequestId, { environment: "live" })).toMatchObject({ ok: false, refusal: "not_found" });
  });

  it("keeps what is no card payment and says that it is not shown", async () => {
    const { sandboxPaymentRequests } = desk.db.tables;
    const [stored] = await desk.db.read.select().from(sandboxPaymentRequests);
    const { latest_payment_id: _, ...rest } = JSON.parse(stored?.body ?? "");
    const body = JSON.stringify({ ...rest, channel_code: "OVO", channel_properties: {} });
    await desk.db.write([
      {
        query: desk.db.read
          .update(sandboxPaymentRequests)
          .set({ body })
          .where(eq(sandboxPaymentRequests.paymentRequestId, paymentRequestId)),
        rows: 1,
      },
    ]);
    const asked = await ask(paymentRequestId);
    expect(asked).toMatchObject({ ok: false, refusal: "not_shown" });
    expect(await observations()).toHaveLength(1);
    expect(await requests()).toEqual([]);
  });

  it("is audited, found or not", async () => {
    await ask(paymentRequestId);
    await ask("py-unknown");
    const { auditEntries } = desk.db.tables;
    const entries = await desk.db.read.select().from(auditEntries).where(eq(auditEntries.action, "xendit:check"));
    expect(entries.map((entry) => entry.subject).sort()).toEqual([paymentRequestId, "py-unknown"].sort());
  });

  it("is answered twenty times a minute to one operator, and to the next one still", async () => {
    const config = { ...desk.config, internalUrl: "http://127.0.0.1:1" };
    const now = new Date();
    for (let count = 0; count < 20; count++) {
      expect(await ask(`pr-${count}`, { config, now })).toMatchObject({ refusal: "failed" });
    }
    expect(await ask("pr-21", { config, now })).toMatchObject({ refusal: "too_many" });
    expect(await ask("pr-21", { config, now, by: aStarter({ operatorId: "op_bob" }) })).toMatchObject({
      refusal: "failed",
    });
    const after = new Date(now.getTime() + 60_001);
    expect(await ask("pr-21", { config, now: after })).toMatchObject({ refusal: "failed" });
  });
});

describe("a quota", () => {
  it("slides: what was taken counts until its time is over", () => {
    const quota = createQuota({ most: 2, withinMs: 10 });
    expect([0, 5, 9, 11, 12, 16].map((now) => quota.take("a", now))).toEqual([true, true, false, true, false, true]);
  });
});
