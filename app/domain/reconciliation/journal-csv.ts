import type { CsvColumn } from "~/lib/csv.ts";
import type { Environment } from "~/lib/environment.ts";
import { isKnownCurrency, minorToDecimal } from "~/lib/money.ts";
import type { JournalEntry, JournalLine } from "./journal.ts";
import { type AccountCodes, accountLabel } from "./journal-accounts.ts";

const entryText: Readonly<Record<JournalEntry, string>> = {
  captured: "Card captures",
  refunded: "Refunds to shoppers",
  reported: "Payments reported by Xendit, less fee, VAT and tax withheld",
  refunds_reported: "Refunds reported by Xendit",
  charged_back: "Chargebacks reported by Xendit",
  written_off: "Differences written off",
};

/** One line for each account of each entry. Lines of one `entry_id` balance; so does every sum of whole entries. */
export function journalCsvColumns(of: {
  readonly environment: Environment;
  readonly zone: string;
  readonly codes: AccountCodes;
}): readonly CsvColumn<JournalLine>[] {
  const { environment, zone, codes } = of;
  return [
    {
      name: "entry_id",
      kind: "text",
      value: ({ period, day, currency, entry }) => [period, day, currency, entry].join(" "),
    },
    { name: "environment", kind: "text", value: () => environment },
    { name: "posting_date", kind: "text", value: ({ period }) => period },
    { name: "business_day", kind: "text", value: ({ day }) => day },
    { name: "time_zone", kind: "text", value: () => zone },
    { name: "status", kind: "text", value: ({ isFinal }) => (isFinal ? "final" : "draft") },
    { name: "entry", kind: "text", value: ({ entry }) => entry },
    { name: "is_adjustment", kind: "text", value: ({ period, day }) => (period === day ? "no" : "yes") },
    { name: "account_code", kind: "text", value: ({ account }) => codes[account] },
    { name: "account_name", kind: "text", value: ({ account }) => accountLabel[account] },
    { name: "currency", kind: "text", value: ({ currency }) => currency },
    { name: "debit", kind: "number", value: ({ debit, currency }) => decimal(debit, currency) },
    { name: "credit", kind: "number", value: ({ credit, currency }) => decimal(credit, currency) },
    { name: "description", kind: "text", value: descriptionOf },
    { name: "amounts_left_out", kind: "number", value: ({ untold }) => untold },
  ];
}

function descriptionOf({ entry, period, day }: JournalLine): string {
  const text = entryText[entry];
  return period === day ? `${text} of ${day}` : `Adjustment of ${day}, closed before: ${text.toLowerCase()}`;
}

function decimal(minor: bigint, currency: string): string {
  return isKnownCurrency(currency) ? minorToDecimal(minor, currency) : String(minor);
}
