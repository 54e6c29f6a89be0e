import type { BusinessDay } from "~/lib/time.ts";
import type { Sums } from "./figures.ts";
import type { JournalAccount } from "./journal-accounts.ts";

/** What a period has of one day and currency. */
export interface JournalSource {
  /** The day it is posted on. */
  readonly period: BusinessDay;
  /** The day whose money it is: an earlier one where it is an adjustment. */
  readonly day: BusinessDay;
  readonly currency: string;
  readonly sums: Sums;
  /** Frozen by a close; else it may still change. */
  readonly isFinal: boolean;
  /** Amounts that are in none of the sums. */
  readonly untold: number;
}

export const JOURNAL_ENTRIES = [
  "captured",
  "refunded",
  "reported",
  "refunds_reported",
  "charged_back",
  "written_off",
] as const;
export type JournalEntry = (typeof JOURNAL_ENTRIES)[number];

export interface JournalLine extends Omit<JournalSource, "sums"> {
  readonly entry: JournalEntry;
  readonly account: JournalAccount;
  /** Minor units; one of the two is nought. */
  readonly debit: bigint;
  readonly credit: bigint;
}

/** Signed minor units by account: a debit is positive. */
type Posting = readonly (readonly [account: JournalAccount, amount: bigint])[];

/**
 * Double entry of a day's figures. Every entry adds up to nought by the way it is made: its last account takes what the
 * others leave, so that no rounding and no figure of Xendit's can put it out of balance.
 *
 * Afterwards the receivable holds exactly the difference that is neither explained nor written off, and the balance what
 * the reports call net.
 */
export function journalLines(sources: readonly JournalSource[]): readonly JournalLine[] {
  return sources.flatMap(({ sums, ...source }) =>
    JOURNAL_ENTRIES.flatMap((entry) =>
      posted(posting[entry](sums)).map(([account, amount]) => ({
        ...source,
        entry,
        account,
        debit: amount > 0n ? amount : 0n,
        credit: amount < 0n ? -amount : 0n,
      })),
    ),
  );
}

function posted(all: Posting): Posting {
  return all.filter(([, amount]) => amount !== 0n);
}

const posting: Readonly<Record<JournalEntry, (sums: Sums) => Posting>> = {
  captured: (sums) => against("receivable", BigInt(sums.captured), "sales"),
  refunded: (sums) => against("refunds", BigInt(sums.refunded), "receivable"),
  reported(sums) {
    const [reported, fee, vat, withheld] = [sums.reported, sums.fee, sums.vat, sums.withheld].map(BigInt) as Four;
    // Xendit's net has refunds and chargebacks taken off; they have entries of their own.
    const arrived = BigInt(sums.net) + BigInt(sums.reportedRefunds) + BigInt(sums.chargedBack);
    const debits: Posting = [
      ["balance", arrived],
      ["fee", fee],
      ["vat", vat],
      ["withheld", withheld],
      ["receivable", -reported],
    ];
    // Where fees are not deducted but invoiced, more arrives than amount less costs: that much is owed.
    return [...debits, ["payable", -sumOf(debits)]];
  },
  refunds_reported: (sums) => against("receivable", BigInt(sums.reportedRefunds), "balance"),
  charged_back: (sums) => against("chargebacks", BigInt(sums.chargedBack), "balance"),
  written_off: (sums) => against("writeOffs", BigInt(sums.writtenOff), "receivable"),
};

type Four = [bigint, bigint, bigint, bigint];

function against(debit: JournalAccount, amount: bigint, credit: JournalAccount): Posting {
  return [
    [debit, amount],
    [credit, -amount],
  ];
}

function sumOf(all: Posting): bigint {
  return all.reduce((sum, [, amount]) => sum + amount, 0n);
}
