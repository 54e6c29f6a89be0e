import { formatMoney, isKnownCurrency, type KnownCurrency, toMinorUnits } from "~/lib/money.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { RuleSet } from "~/xendit/reconcile/rules.ts";

/** Whether a difference may be written off (rules.ts, `writeOffLimits`). Browser-safe. */

export type WriteOffRefusal = "difference_unknown" | "no_difference" | "no_limit" | "above_limit";

export interface WriteOff {
  /** Minor units, signed like the difference. */
  readonly amount: number;
  readonly currency: KnownCurrency;
}

export function writeOffOf(
  { difference, currency }: { readonly difference: number | null; readonly currency: string | null },
  { writeOffLimits }: Pick<RuleSet, "writeOffLimits">,
): Result<WriteOff, WriteOffRefusal> {
  if (difference === null || !isKnownCurrency(currency)) return refused("difference_unknown");
  if (difference === 0) return refused("no_difference");
  const limit = Object.hasOwn(writeOffLimits, currency)
    ? toMinorUnits(writeOffLimits[currency] ?? null, currency)
    : null;
  if (limit === null) return refused("no_limit");
  if (Math.abs(difference) > limit) {
    return refused("above_limit", `The limit is ${formatMoney({ minor: limit, currency })}.`);
  }
  return ok({ amount: difference, currency });
}
