import type { ValueName } from "./facts.ts";
import { networksTold } from "./fold-network.ts";
import type { FoldedPayment } from "./fold-payment.ts";
import type { RequestParts } from "./fold-request.ts";
import { groupBy } from "./group.ts";
import type { Observation } from "./observation.ts";
import { compareText } from "./order.ts";
import type { Disagreement } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { disagreement, type Told, toldBy } from "./values.ts";

/** Personal data and the authentication value are left out: a disagreement is shown to everybody who sees the payment. */
const PAYMENT_FIELDS = [
  "businessId",
  "referenceId",
  "currency",
  "amount",
  "captureMethod",
  "country",
  "channelCode",
  "eci",
  "cvn",
  "avs",
  "response",
  "failureCode",
  "authorizationCode",
  "retrievalReferenceNumber",
  "reconciliationId",
  "networkTransactionId",
  "transactionLinkId",
  "acquirerMerchantId",
  "responseDescriptor",
  "merchantAdviceCode",
  "threeDsFlow",
  "threeDsVersion",
  "threeDsStatus",
  "threeDsStatusReason",
  "challengeCancelCode",
  "dsTransactionId",
  "maskedCardNumber",
  "cardExpiry",
] as const satisfies readonly ValueName[];

/** What a request and its payments must agree on. */
const REQUEST_FIELDS = [
  "businessId",
  "referenceId",
  "currency",
  "amount",
  "captureMethod",
  "country",
] as const satisfies readonly ValueName[];

export function disagreementsOf(parts: RequestParts): readonly Disagreement[] {
  const payments = parts.payments.flatMap((payment) => [
    // One body cannot contradict itself; most payments are told of by one, and this is on the way of every capture.
    ...(payment.observations.length > 1 ? PAYMENT_FIELDS : []).map((field) =>
      disagreement(field, payment.row.paymentId, toldBy(payment.observations, field)),
    ),
    ...ofPayment(payment, parts),
  ]);
  const related = [...parts.refunds.map((row) => row.refundId), ...parts.disputes.map((row) => row.disputeId)];
  const requests = REQUEST_FIELDS.map((field) => disagreement(field, null, betweenRequestAndPayments(parts, field)));
  return [...payments, ...related.flatMap((id) => ofRelated(id, parts)), ...requests]
    .filter((found) => found !== null)
    .sort((a, b) => compareText(a.field, b.field) || compareText(a.paymentId ?? "", b.paymentId ?? ""));
}

function ofPayment({ row, observations }: FoldedPayment, { context }: RequestParts): readonly (Disagreement | null)[] {
  const ids = (name: "paymentRequest" | "customer" | "token") =>
    observations.flatMap((observation) => told(factsOf(observation).ids[name], observation));
  const captured = observations.flatMap((observation) =>
    factsOf(observation).captures.flatMap(({ captureId, amount }) =>
      told(amount, observation).map((one) => ({ ...one, captureId })),
    ),
  );
  const perCapture = groupBy(captured, (capture) => capture.captureId).map(([captureId, amounts]) =>
    disagreement(
      `captureAmount ${captureId}`,
      row.paymentId,
      amounts.map(({ value, source }) => ({ value, source })),
    ),
  );
  return [
    disagreement("paymentRequestId", row.paymentId, ids("paymentRequest")),
    disagreement("customerId", row.paymentId, ids("customer")),
    disagreement("paymentTokenId", row.paymentId, ids("token")),
    disagreement("network", row.paymentId, networksTold(observations, context)),
    ...perCapture,
  ];
}

/** A refund's or dispute's money; its status is decided by rank and its other words are not compared. */
function ofRelated(id: string, { about }: RequestParts): readonly (Disagreement | null)[] {
  const observations = about.filter(
    ({ kind, primaryId }) => (kind === "refund" || kind === "dispute") && primaryId === id,
  );
  return (["amount", "currency"] as const).map((name) =>
    disagreement(`${name} ${id}`, null, toldBy(observations, name)),
  );
}

/** One value of each payment, the one its row shows: its own contradictions are told beside that payment. */
function betweenRequestAndPayments(
  { words, payments }: RequestParts,
  field: (typeof REQUEST_FIELDS)[number],
): readonly Told[] {
  const shown = payments.flatMap((payment) => toldBy(payment.observations, field).slice(0, 1));
  return [...toldBy(words, field), ...shown];
}

function told(value: string | null, { source }: Observation): readonly Told[] {
  return value === null ? [] : [{ value, source }];
}
