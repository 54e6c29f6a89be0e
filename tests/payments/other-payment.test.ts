import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { findOtherPayment } from "~/domain/payments/other-payment.server.ts";
import { latestWord } from "~/domain/payments/other-payment.ts";
import { readOtherPayment } from "~/domain/payments/read-other-payment.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { loader } from "~/routes/payments.$paymentRequestId.tsx";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";
import { plansOf, WALK } from "../setup/query-plans.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const sample = (name: string) => readFileSync(new URL(`../fixtures/xendit/${name}.json`, import.meta.url));
const bri = sample("payment.capture.va_bri.v3");
const reusable = JSON.parse(sample("payment.capture.reusable_code.v3").toString());
const BRI_REQUEST = "pr-90392f42-d98a-49ef-a7f3-abcezas123";
const BRI_PAYMENT = "py-889cfe14-8a20-4fe6-823e-2363fc22ba9e";

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const find = (id: string, scope = everything) => findOtherPayment(db, scope, { id, environment: null });

describe("what a body of another channel says", () => {
  it.each([
    ["payment.capture.va_bri.v3", "BRI virtual account", 1_000_100, "crypto-user-12345"],
    ["payment.capture.reusable_code.v3", "BNI virtual account", 1_000_000, "test-1739083782"],
    ["payment.succeeded.v2.ewallet_dana", "e-wallet DANA", 20_000_000, "INV-20260501-F056DE"],
    [
      "payment.succeeded.v2.otc_indomaret",
      "over the counter INDOMARET",
      1_500_000,
      "a5151a05-e84d-4cef-bb17-1ref3e7fb3a",
    ],
  ])("%s: %s", (name, channel, amountMinor, referenceId) => {
    expect(readOtherPayment(sample(name))).toMatchObject({ channel, amountMinor, currency: "IDR", referenceId });
  });

  it("leaves unsaid what is not there, whatever the shape", () => {
    for (const body of ["[]", "{}", '{"data":{"payment_method":{"type":"SOMETHING_NEW"}}}', "not json"]) {
      expect(readOtherPayment(Buffer.from(body))).toMatchObject({ amountMinor: null, currency: null, at: null });
    }
    expect(readOtherPayment(Buffer.from('{"payment_method":{"type":"SOMETHING_NEW"}}')).channel).toBe("something new");
  });

  it("carries neither the payer's name nor the account", () => {
    expect(JSON.stringify(readOtherPayment(bri))).not.toMatch(/John Doe|2876783233/);
  });
});

describe("a payment of another channel", () => {
  it.each([
    ["payment request", BRI_REQUEST],
    ["payment", BRI_PAYMENT],
    ["capture", "cptr-3ab8f72e-8811-4e34-81a9-a0f3bdbad6c1"],
  ])("is found by its %s, with the webhook that names it", async (_, id) => {
    await capture(db, bri);
    expect(await find(id)).toMatchObject({
      id,
      environment: "sandbox",
      paymentRequestId: BRI_REQUEST,
      webhooks: [{ eventType: "payment.capture", state: "stored", status: "SUCCEEDED", paymentId: BRI_PAYMENT }],
    });
  });

  it("made with a reusable code may be many, and the page counts them", async () => {
    await capture(db, reusable);
    await capture(db, {
      ...reusable,
      data: { ...reusable.data, payment_id: "py-second", updated: "2025-02-10T00:00:00Z" },
    });
    const other = await find(reusable.data.payment_request_id);
    if (!other) throw new Error("not found");
    expect(latestWord(other)).toMatchObject({ payments: 2, latest: { paymentId: "py-second" } });
  });

  it("is absent outside the scope, and so is a card payment, which has a page of its own", async () => {
    await capture(db, bri);
    expect(await find(BRI_REQUEST, { environments: ["live"], businessIds: null })).toBeNull();
    expect(await find(BRI_REQUEST, { environments: ["sandbox"], businessIds: ["somebody-else"] })).toBeNull();
    expect(await find(BRI_REQUEST, { environments: ["sandbox"], businessIds: [] })).toBeNull();
    const card = aCapture();
    await capture(db, card);
    expect(await find(card.data.payment_request_id)).toBeNull();
  });

  it("has a page that answers 200; an id nobody knows answers 404", async () => {
    await capture(db, bri);
    const asked = await signedIn(db);
    const open = (paymentRequestId: string) => loader(asked(`/payments/${paymentRequestId}`, { paymentRequestId }));
    expect(await open(BRI_REQUEST)).toMatchObject({ other: { id: BRI_REQUEST } });
    expect((await responseOf(open("pr-nobody"))).status).toBe(404);
  });

  it("is found by indexes alone", async () => {
    const plans = await plansOf(db, () => find(BRI_REQUEST));
    for (const plan of plans) expect(plan).not.toMatch(WALK);
  });
});
