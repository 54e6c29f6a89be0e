import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { SANDBOX_SAVED_CARDS } from "~/sandbox/saved-cards.ts";
import { makePaymentRequestExpiry } from "~/xendit/bodies/card-bodies.ts";
import { jsonText } from "~/xendit/bodies/json.ts";
import { envelopeText, makePaymentCapture, type PaymentFacts } from "~/xendit/bodies/payment-bodies.ts";
import { makeSessionCompleted, type SessionFacts } from "~/xendit/bodies/session-bodies.ts";
import { makeDispute } from "../../db/demo/other-bodies.ts";
import { openPage } from "./paydesk.ts";

/** The token that webhooks of these states are told with; start Paydesk with `statesEnvironment`. */
const WEBHOOK_TOKEN = "payment-states-webhook-token";

export const statesEnvironment = {
  XENDIT_WEBHOOK_TOKENS: `sandbox:${WEBHOOK_TOKEN}`,
  SANDBOX_TIME_SCALE: "0.01",
} as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A running Paydesk to make payments in, with somebody signed in who may see the sandbox's keys. */
export interface Desk {
  readonly url: string;
  readonly page: Page;
}

/** Each makes one payment and answers the id of its payment request. */
export const paymentStates = {
  "paid with challenge": paidWithChallenge,
  frictionless: ({ sandbox }) => oneClick(sandbox, { saved: "MASTERCARD FRICTIONLESS" }),
  "declined by CVN": ({ sandbox }) =>
    oneClick(sandbox, { saved: "VISA FRICTIONLESS", levers: { cvn: "N", response: "82" } }),
  "3DS failed": ({ sandbox }) => oneClick(sandbox, { saved: "VISA CHALLENGE", button: "fail" }),
  "authorized, then captured in part": capturedInPart,
  "paid after expiry": paidAfterExpiry,
  conflict,
  "non-card payment": nonCardPayment,
  "void found by a check": voided,
  "paid twice in one session": paidTwice,
  "refunded in part": refundedInPart,
  disputed,
} as const satisfies Record<string, (making: Making) => Promise<string>>;
export type PaymentState = keyof typeof paymentStates;

/** Makes all of them, one after the other, and waits until Paydesk has been told. */
export async function makePaymentStates(desk: Desk): Promise<Record<PaymentState, string>> {
  const making = { ...desk, sandbox: await openSandbox(desk), tell: teller(desk.url) };
  const made: Partial<Record<PaymentState, string>> = {};
  for (const [state, make] of Object.entries(paymentStates)) made[state as PaymentState] = await make(making);
  return made as Record<PaymentState, string>;
}

interface Making extends Desk {
  readonly sandbox: Sandbox;
  readonly tell: (text: string, webhookId?: string) => Promise<void>;
}

/** Through Paydesk's own pages, so that every step of the one-click flow has left its trace. */
async function paidWithChallenge({ url, page }: Making): Promise<string> {
  await openPage(page, `${url}/sessions/new`);
  const saved = page.getByLabel("Saved card", { exact: true });
  const labels = await saved.locator("option").allTextContents();
  await saved.selectOption({ label: labels.find((label) => /visa.*challenge/i.test(label)) ?? "" });
  await page.getByRole("button", { name: "Start test session" }).click();
  await page.waitForURL(/\/sessions\/ps-/);
  const sessionUrl = page.url().split("?")[0] ?? "";
  await page.goto(`${sessionUrl}/cvn`);
  await page.getByLabel("CVN").fill("123");
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("button", { name: "Authenticate" }).click();
  await page.waitForURL((now) => now.href.startsWith(sessionUrl));
  const link = page.locator('a[href*="/payments/pr-"]').first();
  return /pr-[\w-]+/.exec((await link.getAttribute("href")) ?? "")?.[0] ?? "";
}

async function capturedInPart({ sandbox }: Making): Promise<string> {
  const requestId = await oneClick(sandbox, { saved: "MASTERCARD FRICTIONLESS", amount: 250_000, capture: "MANUAL" });
  await sandbox.post(`v3/payments/${await sandbox.paymentOf(requestId)}/capture`, { capture_amount: 100_000 });
  return requestId;
}

/** Held, then voided where the merchant voids: no webhook tells it, so Paydesk learns it by asking. */
async function voided({ sandbox }: Making): Promise<string> {
  const requestId = await oneClick(sandbox, { saved: "VISA FRICTIONLESS", amount: 75_000, capture: "MANUAL" });
  await sandbox.post(`v3/payments/${await sandbox.paymentOf(requestId)}/cancel`, {});
  return requestId;
}

async function refundedInPart({ sandbox }: Making): Promise<string> {
  const requestId = await oneClick(sandbox, { saved: "VISA FRICTIONLESS", amount: 180_000 });
  const refund = { payment_request_id: requestId, amount: 60_000, currency: "IDR", reason: "REQUESTED_BY_CUSTOMER" };
  await sandbox.post("refunds", refund);
  return requestId;
}

async function paidAfterExpiry({ tell }: Making): Promise<string> {
  const facts = someFacts({ at: Date.now() - 5 * HOUR });
  const { paymentRequestId, createdAt } = facts;
  const expired = makePaymentRequestExpiry({
    ...facts,
    card: savedCard("VISA CHALLENGE").card,
    paymentTokenId: savedCard("VISA CHALLENGE").paymentTokenId,
    customerId: facts.customerId ?? "",
    status: "EXPIRED",
    actionUrl: null,
    successReturnUrl: "https://shop.example/done",
    failureReturnUrl: "https://shop.example/failed",
    updatedAt: createdAt + 10 * MINUTE,
  });
  await tell(envelopeText(expired, createdAt + 10 * MINUTE));
  const late = createdAt + 3 * HOUR;
  const captures = [{ captureId: `cptr-${randomUUID()}`, amount: facts.amount, capturedAt: late }];
  await tell(envelopeText(makePaymentCapture({ ...facts, captures, updatedAt: late - 400 }), late));
  return paymentRequestId;
}

/** One event, one webhook-id, two amounts. */
async function conflict({ tell }: Making): Promise<string> {
  const facts = someFacts({ at: Date.now() - 2 * HOUR });
  const captures = (facts.captures ?? []).map((capture) => ({ ...capture, amount: "9000" }));
  const webhookId = randomUUID();
  await tell(envelopeText(makePaymentCapture(facts), facts.updatedAt), webhookId);
  await tell(envelopeText(makePaymentCapture({ ...facts, captures }), facts.updatedAt + MINUTE), webhookId);
  return facts.paymentRequestId;
}

async function nonCardPayment({ tell }: Making): Promise<string> {
  const text = readFileSync(new URL("../fixtures/xendit/payment.capture.va_bri.v3.json", import.meta.url), "utf8");
  await tell(text);
  return JSON.parse(text).data.payment_request_id;
}

/** The shopper paid, saw an error, and paid again: the session names the first in one webhook and the second in another. */
async function paidTwice({ tell }: Making): Promise<string> {
  const at = Date.now() - 3 * HOUR;
  const [first, second] = [someFacts({ at }), someFacts({ at: at + 4 * MINUTE })];
  const session = sessionOf(first, at);
  for (const facts of [first, second]) {
    const { paymentRequestId, paymentId, updatedAt } = facts;
    await tell(envelopeText(makePaymentCapture(facts), updatedAt));
    await tell(
      envelopeText(makeSessionCompleted({ ...session, paymentRequestId, paymentId, updatedAt }), updatedAt + 900),
    );
  }
  return second.paymentRequestId;
}

async function disputed({ tell }: Making): Promise<string> {
  const facts = someFacts({ at: Date.now() - 20 * DAY });
  await tell(envelopeText(makePaymentCapture(facts), facts.updatedAt));
  const openedAt = Date.now() - 2 * DAY;
  const { paymentId, referenceId, currency, amount } = facts;
  const dispute = makeDispute({
    disputeId: `mi-dspt-${randomUUID()}`,
    paymentId,
    referenceId,
    cardBrand: "VISA",
    currency,
    amount: `${amount}.00`,
    status: "ACTION_REQUIRED",
    statusReason: null,
    createdAt: openedAt,
    updatedAt: openedAt,
    dueAt: openedAt + 14 * DAY,
  });
  await tell(jsonText(dispute));
  return facts.paymentRequestId;
}

/** Posts a webhook as Xendit does, with the token these states are told with. */
function teller(url: string): Making["tell"] {
  return async (body, webhookId = randomUUID()) => {
    const headers = { "content-type": "application/json", "x-callback-token": WEBHOOK_TOKEN, "webhook-id": webhookId };
    const response = await fetch(`${url}/webhooks/xendit`, { method: "POST", headers, body });
    if (response.status !== 200) throw new Error(`The webhook was answered ${response.status}`);
  };
}

interface Sandbox {
  readonly url: string;
  readonly publicKey: string;
  post(path: string, body: unknown): Promise<Record<string, string>>;
  put(path: string, body: unknown): Promise<Record<string, string>>;
  /** The payment of a request, once there is one. */
  paymentOf(paymentRequestId: string): Promise<string>;
}

/** Its keys are on the settings page of whoever may configure it, as a merchant's developer reads them there. */
async function openSandbox({ url, page }: Desk): Promise<Sandbox> {
  await page.goto(`${url}/settings/sandbox`);
  const text = await page.getByRole("region", { name: "Point your code here" }).innerText();
  const secretKey = /xnd_development_sandbox_\w+/.exec(text)?.[0] ?? "";
  const publicKey = /xnd_public_development_sandbox_\w+/.exec(text)?.[0] ?? "";
  const call = (method: string, path: string, body?: unknown) =>
    callSandbox(`${url}/sandbox/${path}`, { method, key: secretKey, body });
  return {
    url,
    publicKey,
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    async paymentOf(paymentRequestId) {
      const deadline = Date.now() + 30_000;
      while (Date.now() < deadline) {
        const { latest_payment_id } = await call("GET", `v3/payment_requests/${paymentRequestId}`);
        if (latest_payment_id) return latest_payment_id;
        await new Promise((done) => setTimeout(done, 30));
      }
      throw new Error(`${paymentRequestId} got no payment`);
    },
  };
}

async function callSandbox(
  url: string,
  { method, key, body }: { readonly method: string; readonly key: string; readonly body?: unknown },
): Promise<Record<string, string>> {
  const headers = { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" };
  const response = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${url} was answered ${response.status}: ${await response.text()}`);
  return JSON.parse(await response.text());
}

interface OneClick {
  /** `NETWORK FLOW` of a saved card. */
  readonly saved: string;
  readonly amount?: number;
  readonly capture?: "AUTOMATIC" | "MANUAL";
  readonly levers?: Record<string, string>;
  /** What the shopper presses on the 3-D Secure page. */
  readonly button?: "authenticate" | "fail";
}

/** A merchant's own server and shopper, without Paydesk's pages: the session is first heard of by its webhook. */
async function oneClick(sandbox: Sandbox, { saved, amount = 10_000, capture, levers, button }: OneClick) {
  const session = await sandbox.post("sessions", {
    reference_id: `order-${randomUUID().slice(0, 8)}`,
    session_type: "PAY",
    mode: "CARDS_SESSION_JS",
    amount,
    currency: "IDR",
    country: "ID",
    capture_method: capture ?? "AUTOMATIC",
    customer: {
      reference_id: `customer-${randomUUID()}`,
      type: "INDIVIDUAL",
      email: "shopper@example.com",
      individual_detail: { given_names: "Jaap", surname: "Stam" },
    },
    cards_session_js: {
      card_payment_token_id: savedCard(saved).paymentTokenId,
      success_return_url: "https://shop.example/done",
      failure_return_url: "https://shop.example/failed",
    },
  });
  const { payment_session_id } = session;
  if (levers) await sandbox.put(`levers/${payment_session_id}`, levers);
  const step = await callSandbox(`${sandbox.url}/sandbox/v3/payment_with_session`, {
    method: "POST",
    key: sandbox.publicKey,
    body: { payment_session_id, cvn: "123", device: { fingerprint: "f" } },
  });
  if (button) await pressOnChallenge(step.action_url ?? "", button);
  await sandbox.paymentOf(step.payment_request_id ?? "");
  return step.payment_request_id ?? "";
}

async function pressOnChallenge(actionUrl: string, result: string): Promise<void> {
  const response = await fetch(actionUrl, {
    method: "POST",
    body: new URLSearchParams({ result }),
    redirect: "manual",
  });
  if (response.status >= 400) throw new Error(`The challenge was answered ${response.status}`);
}

function savedCard(wanted: string) {
  const [network, flow] = wanted.split(" ");
  const found = SANDBOX_SAVED_CARDS.find((saved) => saved.network === network && saved.card.flow === flow);
  if (!found) throw new Error(`No saved card is ${wanted}`);
  return found;
}

const BUSINESS_ID = "62440e322008e87fb29c1fd0";

/** A payment as the sample webhook tells one: Visa, challenged, 10,000 IDR, CVN and AVS matched. */
function someFacts({ at }: { readonly at: number }): PaymentFacts {
  const capturedAt = at + 40_000;
  return {
    businessId: BUSINESS_ID,
    paymentId: `py-${randomUUID()}`,
    paymentRequestId: `pr-${randomUUID()}`,
    customerId: `cust-${randomUUID()}`,
    referenceId: `order-${randomUUID().slice(0, 8)}_${randomUUID().slice(0, 10)}`,
    country: "ID",
    currency: "IDR",
    amount: "10000",
    captureMethod: "AUTOMATIC",
    createdAt: at,
    updatedAt: capturedAt - 1_700,
    authorization: {
      reconciliationId: randomUUID().slice(0, 22),
      authorizationCode: "831000",
      acquirerMerchantId: "xendit_ctv_agg",
      networkResponseCode: "00",
      networkResponseDescriptor: "Approved",
      networkTransactionId: "016153570198200",
      cvn: "M",
      avs: "M",
      retrievalReferenceNumber: String(at).slice(-12),
    },
    authentication: {
      flow: "CHALLENGE",
      eci: "05",
      messageVersion: "2.2.0",
      authenticationValue: "AJkBBkhgQQAAAE4gSEJydQAAAAA=",
      directoryServerTransactionId: randomUUID(),
    },
    network: "VISA",
    captures: [{ captureId: `cptr-${randomUUID()}`, amount: "10000", capturedAt }],
  };
}

function sessionOf(facts: PaymentFacts, createdAt: number): SessionFacts {
  return {
    businessId: facts.businessId,
    paymentSessionId: `ps-${randomUUID().replaceAll("-", "").slice(0, 24)}`,
    createdAt: createdAt - 20_000,
    updatedAt: createdAt,
    expiresAt: createdAt - 20_000 + 30 * MINUTE,
    status: "COMPLETED",
    referenceId: facts.referenceId.split("_")[0] ?? "",
    sessionType: "PAY",
    currency: facts.currency,
    amount: facts.amount,
    country: facts.country,
    customerId: facts.customerId ?? "",
    locale: "en",
    cardPaymentTokenId: null,
    successReturnUrl: "https://shop.example/done",
    failureReturnUrl: "https://shop.example/failed",
  };
}
