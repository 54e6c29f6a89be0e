import { isKnownCurrency } from "~/lib/money.ts";
import { LEDGER_AMOUNTS, type LedgerAmount } from "~/xendit/reconcile/amount-names.ts";
import { RECONCILIATION_CLASSES, type ReconciliationClass } from "~/xendit/reconcile/classes.ts";

/** Sums of one currency, in whole minor units as text: a sum may be beyond what a number holds exactly. */
export type Sums = Readonly<Record<LedgerAmount, string>>;

export interface Figures {
  /** Empty where amounts are told without a currency. */
  readonly currency: string;
  readonly sums: Sums;
  /** Amounts that are in none of the sums. */
  readonly untold: number;
}

export const sumLabel: Record<LedgerAmount | "difference", string> = {
  captured: "Captured",
  refunded: "Refunded",
  reported: "Reported",
  reportedRefunds: "Refunds reported",
  chargedBack: "Charged back",
  fee: "Fee",
  vat: "VAT",
  withheld: "Tax withheld",
  net: "Net",
  settled: "Settled",
  writtenOff: "Written off",
  difference: "Difference",
};

/** In the order in which they are read: what we say, what Xendit says, what lies between, what it costs, what arrives. */
export const MEASURES = [
  { name: "captured", about: "By our own account, each capture on its own day." },
  { name: "refunded", about: "By our own account." },
  { name: "reported", about: "What Xendit's reports say was paid." },
  { name: "reportedRefunds", about: "What Xendit's reports say was refunded." },
  { name: "difference", about: "Captured less refunded, minus reported less refunds reported." },
  { name: "writtenOff", about: "Of the difference: what somebody wrote off." },
  { name: "chargedBack", about: "Taken back by card issuers, as reported." },
  { name: "fee", about: "Charged by Xendit." },
  { name: "vat", about: "On the fee." },
  { name: "withheld", about: "Withholding tax, Xendit's and third parties'." },
  { name: "net", about: "What remains by the reports, refunds and chargebacks taken off." },
  { name: "settled", about: "That part of the net which is settled." },
] as const satisfies readonly { readonly name: LedgerAmount | "difference"; readonly about: string }[];
export type Measure = (typeof MEASURES)[number]["name"];

/** (Captured − refunded) − (reported − refunds reported): above nought, Xendit reports less than was captured. */
export function differenceOf(sums: Sums): bigint {
  const { captured, refunded, reported, reportedRefunds } = sums;
  return BigInt(captured) - BigInt(refunded) - (BigInt(reported) - BigInt(reportedRefunds));
}

export function measureOf(sums: Sums, measure: Measure): bigint {
  return measure === "difference" ? differenceOf(sums) : BigInt(sums[measure]);
}

export const NOUGHT = Object.fromEntries(LEDGER_AMOUNTS.map((name) => [name, "0"])) as Sums;

/** One entry a currency, in alphabetical order: nothing is added across two. */
export function addFigures(all: readonly Figures[]): readonly Figures[] {
  const totals = new Map<string, Figures>();
  for (const one of all) {
    const before = totals.get(one.currency) ?? { currency: one.currency, sums: NOUGHT, untold: 0 };
    const sums = Object.fromEntries(
      LEDGER_AMOUNTS.map((name) => [name, String(BigInt(before.sums[name]) + BigInt(one.sums[name]))]),
    ) as Sums;
    totals.set(one.currency, { currency: one.currency, sums, untold: before.untold + one.untold });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** What a closed day keeps, read back: its decimals have exactly the currency's digits. */
export function figuresOfTotals(
  totals: readonly Readonly<Record<string, string>>[],
  part: "day" | "adjustments",
): readonly Figures[] {
  return totals
    .filter((one) => one.part === part)
    .map((one) => {
      const currency = one.currency ?? "";
      const minor = (decimal: string | undefined) => (decimal === undefined ? "0" : minorOf(decimal, currency));
      const sums = Object.fromEntries(LEDGER_AMOUNTS.map((name) => [name, minor(one[name])])) as Sums;
      return { currency, sums, untold: Number(one.untold ?? 0) };
    });
}

export function classesOfTotals(
  totals: readonly Readonly<Record<string, string>>[],
): Readonly<Partial<Record<ReconciliationClass, number>>> {
  const kept = totals.find((one) => one.part === "classes");
  const counts = RECONCILIATION_CLASSES.map((one) => [one, Number(kept?.[one] ?? 0)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function minorOf(decimal: string, currency: string): string {
  return String(BigInt(isKnownCurrency(currency) ? decimal.replace(".", "") : decimal));
}

/** The measures that changed, as `difference` etc.; none when two are the same in all. */
export function changedSums(sums: Sums): readonly LedgerAmount[] {
  return LEDGER_AMOUNTS.filter((name) => BigInt(sums[name]) !== 0n);
}

/** Which of a page's currencies is looked at: the one asked for, else the first; `null` is all of them side by side. */
export function chooseCurrency(
  figures: readonly Pick<Figures, "currency">[],
  asked: string | null,
): { readonly currencies: readonly string[]; readonly currency: string | null } {
  const currencies = figures.map(({ currency }) => currency);
  if (asked === "all" && currencies.length > 1) return { currencies, currency: null };
  return { currencies, currency: currencies.find((one) => one === asked) ?? currencies[0] ?? null };
}
