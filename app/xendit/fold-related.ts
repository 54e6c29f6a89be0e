import { amountOf } from "./amounts.ts";
import type { Observation } from "./observation.ts";
import { byTime, earliest, latest } from "./order.ts";
import type { DisputeRow, RefundRow } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { disputeStatus, refundStatus } from "./statuses.ts";
import { firstTold, pick } from "./values.ts";

/** One refund of everything that names it; `observations` in order of precedence. */
export function foldRefund(
  refundId: string,
  paymentRequestId: string,
  observations: readonly Observation[],
): RefundRow | null {
  const common = commonOf(paymentRequestId, observations);
  if (!common) return null;
  return {
    ...common,
    refundId,
    status: refundStatus(observations) ?? "PENDING",
    reason: pick(observations, "reason"),
    failureCode: pick(observations, "failureCode"),
  };
}

export function foldDispute(
  disputeId: string,
  paymentRequestId: string,
  observations: readonly Observation[],
): DisputeRow | null {
  const common = commonOf(paymentRequestId, observations);
  if (!common) return null;
  const newestFirst = [...observations].sort(byTime);
  return {
    ...common,
    disputeId,
    status: disputeStatus(observations) ?? "ACTION_REQUIRED",
    statusReason: pick(newestFirst, "statusReason"),
    dueAt: newestFirst.map((observation) => factsOf(observation).dueAt).find((at) => at !== null) ?? null,
  };
}

function commonOf(paymentRequestId: string, observations: readonly Observation[]) {
  const [first] = observations;
  if (!first) return null;
  const currency = pick(observations, "currency");
  return {
    environment: first.environment,
    paymentRequestId,
    paymentId: firstTold(observations.map((observation) => factsOf(observation).ids.payment)),
    businessId: pick(observations, "businessId"),
    currency,
    ...amountOf(pick(observations, "amount"), currency),
    createdAt: earliest(observations.map((observation) => factsOf(observation).createdAt)),
    updatedAt: latest(observations.map((observation) => observation.time)),
  };
}
