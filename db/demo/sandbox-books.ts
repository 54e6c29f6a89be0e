import { isLosslessNumber } from "lossless-json";
import { toMinorUnits } from "../../app/lib/money.ts";
import { cardChannelProperties } from "../../app/xendit/bodies/card-bodies.ts";
import { isJsonObject, type JsonObject, jsonText, parseJsonObject } from "../../app/xendit/bodies/json.ts";
import { referenceStem } from "../../app/xendit/reference.ts";
import type * as sandbox from "../schema/sandbox.ts";
import { DEMO_RETURN_URLS } from "./attempt.ts";
import type { Moment } from "./moment.ts";
import type { SavedCard } from "./shop.ts";

/** What the sandbox would hold had it made the demo's payments itself: so that its API answers for every one of them. */
export interface SandboxBooks {
  readonly sandboxSessions: readonly (typeof sandbox.sandboxSessions.$inferInsert)[];
  readonly sandboxPaymentRequests: readonly (typeof sandbox.sandboxPaymentRequests.$inferInsert)[];
  readonly sandboxPayments: readonly (typeof sandbox.sandboxPayments.$inferInsert)[];
  readonly sandboxTokens: readonly (typeof sandbox.sandboxTokens.$inferInsert)[];
  readonly sandboxRefunds: readonly (typeof sandbox.sandboxRefunds.$inferInsert)[];
  readonly sandboxCustomers: readonly (typeof sandbox.sandboxCustomers.$inferInsert)[];
}

/** The last instant a date can name: the demo's objects stay as they are, and the sandbox never speaks of them. */
const NEVER = 8_640_000_000_000_000;

type Kind = "session" | "request" | "payment" | "token" | "refund";
type Objects = Map<string, JsonObject>;

/**
 * Made of the story itself, told or not: each object as its latest word up to `now` has it, with what the API adds to a
 * webhook (the card, the token). What the two say can therefore only differ where the story wants it.
 */
export function keepBooks(moments: Iterable<Moment>, cards: readonly SavedCard[], now: number): SandboxBooks {
  const latest = latestWords(moments, now);
  const cardOf = new Map(cards.map((saved) => [saved.customerId, saved]));
  const sessionOf = new Map([...latest.session].map(([id, session]) => [text(session, "reference_id"), id]));
  const payments = [...latest.payment.values()].map((payment) => withCard(payment, cardOf));
  const requests = new Map(latest.request);
  for (const payment of payments.toSorted(byUpdate))
    requests.set(text(payment, "payment_request_id"), requestOf(payment));
  return {
    sandboxSessions: [...latest.session.values()].map(sessionRow),
    sandboxPaymentRequests: [...requests.values()].map((body) => ({
      ...common(body),
      paymentRequestId: text(body, "payment_request_id"),
      paymentSessionId: sessionOf.get(referenceStem(text(body, "reference_id"))) ?? "",
    })),
    sandboxPayments: payments.map((body) => ({
      ...common(body),
      paymentId: text(body, "payment_id"),
      paymentRequestId: text(body, "payment_request_id"),
      expiresAt: null,
    })),
    sandboxTokens: [...latest.token.values()].flatMap((body) => tokenRow(body, cardOf)),
    sandboxRefunds: [...latest.refund.values()].map(refundRow),
    sandboxCustomers: cards.map(({ customerId, savedAs }) => ({
      customerId,
      referenceId: `shopper-of-${savedAs}`,
      createdAt: now,
    })),
  };
}

function latestWords(moments: Iterable<Moment>, now: number): Record<Kind, Objects> {
  const latest = { session: new Map(), request: new Map(), payment: new Map(), token: new Map(), refund: new Map() };
  for (const moment of moments) {
    const told = toldBy(moment);
    if (!told || time(told.body, "updated") > now) continue;
    const { kind, id, body } = told;
    const before: JsonObject | undefined = latest[kind].get(id);
    if (before && time(before, "updated") > time(body, "updated")) continue;
    // A session's webhook leaves out the return addresses that its answer has.
    const kept = kind === "session" ? { cards_session_js: before?.cards_session_js, ...body } : body;
    latest[kind].set(id, kept);
  }
  return latest;
}

/** Which object a moment tells of; `null` for claims, disputes, other products and what nobody understands. */
function toldBy(moment: Moment): { readonly kind: Kind; readonly id: string; readonly body: JsonObject } | null {
  if (moment.kind === "claim") return null;
  const whole = parseJsonObject(moment.text);
  const body = moment.kind === "webhook" ? whole?.data : whole;
  if (!isJsonObject(body)) return null;
  const { id, payment_session_id: session, payment_id: payment, payment_request_id: request, payment_token_id } = body;
  if (typeof session === "string") return { kind: "session", id: session, body };
  if (typeof id === "string" && id.startsWith("rfd-")) return { kind: "refund", id, body };
  if (typeof payment === "string") return { kind: "payment", id: payment, body };
  if (typeof request === "string") return { kind: "request", id: request, body };
  return typeof payment_token_id === "string" ? { kind: "token", id: payment_token_id, body } : null;
}

function withCard(payment: JsonObject, cardOf: ReadonlyMap<string, SavedCard>): JsonObject {
  const saved = cardOf.get(text(payment, "customer_id"));
  if (!saved) return payment;
  const urls = { successReturnUrl: DEMO_RETURN_URLS.success, failureReturnUrl: DEMO_RETURN_URLS.failure };
  return {
    ...payment,
    payment_token_id: saved.paymentTokenId,
    channel_properties: cardChannelProperties({ card: saved.card, ...urls }),
  };
}

/** A request says what its latest payment says, without the results and the money moved. */
function requestOf(payment: JsonObject): JsonObject {
  const { payment_id, payment_details: _, captures: __, ...shared } = payment;
  return { ...shared, latest_payment_id: payment_id, actions: [] };
}

function sessionRow(body: JsonObject): SandboxBooks["sandboxSessions"][number] {
  const isOpen = text(body, "status") === "ACTIVE";
  return {
    ...common(body),
    paymentSessionId: text(body, "payment_session_id"),
    expiresAt: isOpen ? NEVER : time(body, "expires_at"),
    levers: {},
  };
}

function tokenRow(
  body: JsonObject,
  cardOf: ReadonlyMap<string, SavedCard>,
): readonly SandboxBooks["sandboxTokens"][number][] {
  const saved = cardOf.get(text(body, "customer_id"));
  if (!saved) return [];
  const card = { ...saved.card, flow: "CHALLENGE", demo: true };
  return [{ ...common(body), paymentTokenId: text(body, "payment_token_id"), card }];
}

function refundRow(body: JsonObject): SandboxBooks["sandboxRefunds"][number] {
  const { amount } = body;
  const digits = isLosslessNumber(amount) ? amount.value : text(body, "amount");
  return {
    ...common(body),
    refundId: text(body, "id"),
    paymentRequestId: text(body, "payment_request_id"),
    amountMinor: toMinorUnits(digits, text(body, "currency")) ?? 0,
    dueAt: time(body, "updated"),
  };
}

function common(body: JsonObject): { readonly status: string; readonly createdAt: number; readonly body: string } {
  return { status: text(body, "status"), createdAt: time(body, "created"), body: jsonText(body) };
}

function byUpdate(a: JsonObject, b: JsonObject): number {
  return time(a, "updated") - time(b, "updated");
}

function time(body: JsonObject, name: string): number {
  return Date.parse(text(body, name));
}

/** The demo wrote these bodies itself, so a member that lacks is a mistake in it. */
function text(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`A body of the demo lacks ${name}.`);
  return value;
}
