import { createHash } from "node:crypto";
import { isKnownCurrency, minorToDecimal } from "../../lib/money.ts";
import { LEDGER_AMOUNTS, type LedgerAmount } from "./amount-names.ts";

/** Whole minor units of one currency. */
export type LedgerSums = Readonly<Record<LedgerAmount, bigint>>;

/** A row as it stands in the ledger; its period is the closed day that put it there. */
export interface LedgerRow {
  readonly groupKey: string;
  readonly day: string;
  readonly currency: string;
  readonly businessId: string | null;
  /** In the order of `LEDGER_AMOUNTS`. */
  readonly amounts: readonly number[];
}

/** What a closed day keeps for its page: `classes` counts groups by class, the others are decimals of one currency. */
export type ClosedPart = "day" | "adjustments" | "classes";
export type ClosedTotals = Readonly<Record<string, string>> & { readonly part: ClosedPart };

/**
 * The digest of a period and its totals, from its rows in key order (group, day, currency). One line a row, as JSON, after
 * a first one that names environment and period: whoever has the rows can compute it again.
 */
export function digestLedger(of: { environment: string; period: string }) {
  const hash = createHash("sha256").update(`${JSON.stringify([of.environment, of.period])}\n`);
  const sums = new Map<string, bigint[]>();
  return {
    add({ groupKey, day, currency, businessId, amounts }: LedgerRow): void {
      hash.update(`${JSON.stringify([groupKey, day, currency, businessId, ...amounts])}\n`);
      const key = JSON.stringify([day === of.period ? "day" : "adjustments", currency]);
      const sum = sums.get(key) ?? LEDGER_AMOUNTS.map(() => 0n);
      for (const [place, amount] of amounts.entries()) sum[place] = (sum[place] ?? 0n) + BigInt(amount);
      sums.set(key, sum);
    },
    end(): { readonly digest: string; readonly totals: readonly ClosedTotals[] } {
      const keys = [...sums.keys()].sort();
      return { digest: hash.digest("hex"), totals: keys.map((key) => totalsOf(key, sums.get(key) ?? [])) };
    },
  };
}

function totalsOf(key: string, sums: readonly bigint[]): ClosedTotals {
  const [part, currency] = JSON.parse(key) as [ClosedPart, string];
  const decimals = LEDGER_AMOUNTS.map((amount, place) => [amount, decimalOf(sums[place] ?? 0n, currency)] as const);
  return { part, currency, ...Object.fromEntries(decimals) };
}

/** Of a currency we have no decimals of, no amount is told in minor units and every sum is nought. */
export function decimalOf(minor: bigint, currency: string): string {
  return isKnownCurrency(currency) ? minorToDecimal(minor, currency) : String(minor);
}
