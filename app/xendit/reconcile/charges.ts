import { compareNumbers, compareText } from "../order.ts";
import type { GroupFacts, PaymentFacts, RefundFacts } from "./group-facts.ts";

/** Money that moved by our own account: one capture, or what stands for captures that nobody itemised. */
export interface Charge {
  /** `null` when only the request is known to be paid. */
  readonly paymentId: string | null;
  readonly captureId: string | null;
  readonly currency: string | null;
  readonly amount: number | null;
  readonly raw: string | null;
  readonly at: number;
  /** `known`, or why its amount is not a capture's. */
  readonly from: "capture" | "requested" | "unknown";
}

/** In order of time. Captures of nothing are none; a payment that says nothing about its captures is one charge. */
export function chargesOf(facts: GroupFacts): readonly Charge[] {
  const byPayment = facts.payments.flatMap((payment) => chargesOfPayment(facts, payment));
  const own = new Set(facts.payments.map(({ paymentId }) => paymentId));
  const orphans = facts.captures.filter(({ paymentId }) => !own.has(paymentId));
  const itemised = [...byPayment, ...orphans.map((capture) => chargeOf(facts, capture, null))].filter(isMoney);
  const charges = itemised.length > 0 ? itemised : chargesOfRequest(facts);
  return [...charges].sort(byTime);
}

/** Refunds that came back to the shopper. */
export function isRefunded({ status }: RefundFacts): boolean {
  return status === "SUCCEEDED";
}

export function refundedAt({ updatedAt, createdAt }: RefundFacts): number {
  return updatedAt ?? createdAt ?? 0;
}

function chargesOfPayment(facts: GroupFacts, payment: PaymentFacts): readonly Charge[] {
  const captures = facts.captures.filter(({ paymentId }) => paymentId === payment.paymentId);
  if (captures.length > 0) return captures.map((capture) => chargeOf(facts, capture, payment));
  const { capturedMinor, capturedItemised, currency, paymentId } = payment;
  if (capturedMinor === 0) return [];
  const told = notItemised({ capturedMinor, capturedItemised, amountRaw: payment.amountRaw });
  return [{ paymentId, captureId: null, currency, at: timeOf(facts, payment), ...told }];
}

/** An answer of the API may call a request paid before anything tells of its payment. */
function chargesOfRequest(facts: GroupFacts): readonly Charge[] {
  const { request } = facts;
  const hasPaid = facts.payments.some(({ capturedMinor }) => capturedMinor !== 0);
  if (!request || request.capturedMinor === 0 || hasPaid || facts.captures.length > 0) return [];
  const { currency } = request;
  return [{ paymentId: null, captureId: null, currency, at: timeOf(facts, null), ...notItemised(request) }];
}

function notItemised(of: {
  readonly capturedMinor: number | null;
  readonly capturedItemised: boolean;
  readonly amountRaw: string | null;
}): Pick<Charge, "amount" | "raw" | "from"> {
  if (of.capturedMinor === null && of.capturedItemised) return { amount: null, raw: null, from: "unknown" };
  return { amount: of.capturedMinor, raw: of.amountRaw, from: "requested" };
}

function chargeOf(facts: GroupFacts, capture: GroupFacts["captures"][number], payment: PaymentFacts | null): Charge {
  const { paymentId, captureId, currency, amountMinor: amount, amountRaw: raw, capturedAt } = capture;
  return { paymentId, captureId, currency, amount, raw, at: capturedAt ?? timeOf(facts, payment), from: "capture" };
}

/** The nearest to a time of capture that is known. */
function timeOf({ request }: GroupFacts, payment: PaymentFacts | null): number {
  const told = [payment?.capturedAt, payment?.createdAt, payment?.updatedAt];
  const around = [request?.capturedAt, request?.createdAt, request?.updatedAt];
  return [...told, ...around].find((at) => at !== null && at !== undefined) ?? 0;
}

function isMoney({ amount }: Charge): boolean {
  return amount !== 0;
}

function byTime(a: Charge, b: Charge): number {
  return (
    compareNumbers(a.at, b.at) ||
    compareText(a.paymentId ?? "", b.paymentId ?? "") ||
    compareText(a.captureId ?? "", b.captureId ?? "")
  );
}
