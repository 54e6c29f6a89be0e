import { amountOf, sum } from "./amounts.ts";
import type { ValueName } from "./facts.ts";
import type { SessionLink } from "./fold-links.ts";
import { readNetwork } from "./fold-network.ts";
import { type CardContext, capturedOf, type FoldedPayment } from "./fold-payment.ts";
import { missingOfRequest } from "./missing.ts";
import type { Observation } from "./observation.ts";
import { compareNumbers, compareText, earliest, latest } from "./order.ts";
import type { DisputeRow, PaymentRequestRow, RefundRow } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { requestStatus } from "./request-status.ts";
import { paymentRank } from "./statuses.ts";
import { firstTold, pick } from "./values.ts";

/** Everything about one payment request, already folded or in order of precedence. */
export interface RequestParts {
  readonly environment: PaymentRequestRow["environment"];
  readonly paymentRequestId: string;
  /** Every observation that takes part and is about this request, in order of precedence. */
  readonly about: readonly Observation[];
  readonly marks: readonly ("conflict" | "masked")[];
  /** Observations of the request itself, claims aside. */
  readonly words: readonly Observation[];
  readonly payments: readonly FoldedPayment[];
  readonly refunds: readonly RefundRow[];
  readonly disputes: readonly DisputeRow[];
  readonly link: SessionLink | null;
  /** Observations of its session: what the request does not say of itself, its session says for it. */
  readonly session: readonly Observation[];
  readonly context: CardContext;
}

export type BareRequestRow = Omit<PaymentRequestRow, "flags" | "anomaly" | "disagreements">;

export function foldRequest(parts: RequestParts): BareRequestRow {
  const { words, payments, session, context } = parts;
  const decisive = decisivePayment(payments);
  const own = [...(decisive?.observations ?? []), ...words];
  const status = requestStatus(
    payments.map(({ row, observations }) => ({ ...row, observations })),
    words,
  );
  const value = (name: ValueName) => pick(own, name) ?? pick(session, name);
  const code = (name: ValueName) => pick(decisive?.observations ?? words, name);
  const currency = value("currency");
  const amount = amountOf(value("amount"), currency);
  const captures = payments.flatMap((payment) => payment.captures);
  const all = [...words, ...payments.flatMap((payment) => payment.observations)];
  const createdAt = earliest(all.map((observation) => factsOf(observation).createdAt));
  return {
    environment: parts.environment,
    paymentRequestId: parts.paymentRequestId,
    businessId: value("businessId") ?? firstTold([...parts.refunds, ...parts.disputes].map((row) => row.businessId)),
    referenceId: value("referenceId"),
    status,
    currency,
    ...amount,
    ...capturedTotal(payments, status, value("captureMethod"), amount),
    refundedMinor: refundedTotal(parts.refunds, currency),
    paymentId: decisive?.row.paymentId ?? null,
    paymentCount: payments.length,
    paymentSessionId: parts.link?.paymentSessionId ?? null,
    sessionLink: parts.link?.strength ?? null,
    customerId: id(own, session, "customer"),
    paymentTokenId: id(own, session, "token"),
    captureMethod: value("captureMethod"),
    country: value("country"),
    channelCode: pick(own, "channelCode"),
    ...readNetwork(decisive?.observations ?? [], context),
    threeDsFlow: code("threeDsFlow"),
    eci: code("eci"),
    cvn: code("cvn"),
    avs: code("avs"),
    response: code("response"),
    failureCode: code("failureCode") ?? (status === "SUCCEEDED" ? null : pick(words, "failureCode")),
    createdAt,
    updatedAt: latest(all.map((observation) => observation.time)),
    capturedAt: earliest(captures.map((capture) => capture.capturedAt)),
    expiresAt: expiryOf(words) ?? expiryOf(session),
    sortAt: createdAt ?? earliest(otherTimes(parts)) ?? 0,
    missing: missingOfRequest(parts, { status, referenceId: value("referenceId") }),
  };
}

/** RULES 5: highest rank, then latest created, then greatest id. Its codes stand for the request in lists. */
export function decisivePayment(payments: readonly FoldedPayment[]): FoldedPayment | null {
  const [decisive] = [...payments].sort(
    ({ row: a }, { row: b }) =>
      paymentRank(b.status) - paymentRank(a.status) ||
      compareNumbers(b.createdAt, a.createdAt) ||
      compareText(b.paymentId, a.paymentId),
  );
  return decisive ?? null;
}

/** A request that only an answer calls paid is counted by the same rule as a payment that itemises nothing. */
function capturedTotal(
  payments: readonly FoldedPayment[],
  status: string,
  captureMethod: string | null,
  amount: ReturnType<typeof amountOf>,
): Pick<PaymentRequestRow, "capturedMinor" | "capturedItemised"> {
  const knownPaid = payments.some(({ row, captures }) => row.status === "SUCCEEDED" || captures.length > 0);
  if (!knownPaid) return capturedOf([], status, captureMethod, amount);
  return {
    capturedMinor: sum(payments.map(({ row }) => row.capturedMinor)),
    capturedItemised: payments.every(({ row }) => row.capturedItemised),
  };
}

/** Only money that came back, in the payment's own currency: amounts of two currencies are never added. */
function refundedTotal(refunds: readonly RefundRow[], currency: string | null): number {
  const counted = refunds.filter(
    (refund) => refund.status === "SUCCEEDED" && (currency === null || refund.currency === currency),
  );
  return sum(counted.map((refund) => refund.amountMinor ?? 0)) ?? 0;
}

function id(own: readonly Observation[], session: readonly Observation[], name: "customer" | "token"): string | null {
  return firstTold([...own, ...session].map((observation) => factsOf(observation).ids[name]));
}

function expiryOf(observations: readonly Observation[]): number | null {
  return observations.map((observation) => factsOf(observation).expiresAt).find((at) => at !== null) ?? null;
}

function otherTimes({ words, payments, refunds, disputes, session }: RequestParts): readonly (number | null)[] {
  const observations = [...words, ...payments.flatMap((payment) => payment.observations)];
  return [
    ...observations.map((observation) => observation.time),
    ...payments.map((payment) => payment.row.capturedAt),
    ...session.flatMap((observation) => [factsOf(observation).createdAt, observation.time]),
    ...[...refunds, ...disputes].map((row) => row.createdAt ?? row.updatedAt),
  ];
}
