import { isAuthenticated } from "../xendit/bodies/card-results.ts";
import { type Chance, decide, type TryPlan } from "./decide.ts";
import { settleTime } from "./schedule.ts";

/** Pure questions about a try whose 3-D Secure outcome is known. */

/** A failed 3-D Secure is the result already; everything else waits for the issuer and the capture. */
export function whenSettled(plan: TryPlan, scale: number): number {
  const decidedAt = plan.decidedAt ?? 0;
  const failed = plan.flow !== "NONE" && plan.outcome !== null && !isAuthenticated(plan.outcome);
  return failed ? decidedAt + 1 : settleTime(decidedAt, plan.flow, scale);
}

const noChance: Chance = { random: () => 0, uuid: () => "" };

/** Whether the shopper goes to the success address. The result is known before its webhook is. */
export function willSucceed(plan: TryPlan, amount: { readonly digits: string; readonly currency: string }): boolean {
  return decide(plan, amount, plan.decidedAt ?? 0, noChance).failureCode === null;
}
