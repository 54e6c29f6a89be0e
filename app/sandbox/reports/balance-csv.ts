import { isKnownCurrency, minorToDecimal, plainDecimal, toMinorUnits } from "../../lib/money.ts";
import { csvLine } from "./csv-line.ts";
import type { LedgerLine } from "./ledger-line.ts";
import { type ReportZone, reportTime } from "./report-time.ts";

/** Xendit's Balance report (FACTS 8.4): what moved the balance, a line each for the amount, its fee and the VAT on it. */
export const BALANCE_COLUMNS = [
  "Product ID",
  "Transaction ID",
  "Transaction Type",
  "Line Type",
  "Payment Channel",
  "Reference",
  "Currency",
  "Amount",
  "Balance",
  "Debit or Credit",
  "Created Date ISO",
  "Time Zone",
  "Created Date",
  "Payment Date",
  "Settlement Date",
  "Completed Date",
  "Bank Code",
  "Account Number",
  "Channel Reference",
  "Name",
  "Description",
  "Invoice ID",
] as const;

export function balanceHead(): string {
  return csvLine(BALANCE_COLUMNS);
}

export type BalanceSheet = Map<string, bigint>;

/**
 * The lines of one transaction; none when no money moved (released, failed or still pending). `sheet` carries the
 * balance of each currency from line to line: a file's first line starts from nothing, the sandbox knows no balance
 * before it.
 */
export function balanceRows(line: LedgerLine, zone: ReportZone, sheet: BalanceSheet): string {
  if (line.status !== "SUCCESS" && line.status !== "REVERSED") return "";
  const isIn = line.cashflow === "MONEY_IN";
  const parts = [
    { type: "TRANSACTION", amount: line.amount, isCredit: isIn },
    { type: "FEE", amount: line.fee, isCredit: false },
    { type: "VAT", amount: line.vat, isCredit: false },
  ];
  return parts
    .filter(({ type, amount }) => type === "TRANSACTION" || plainDecimal(amount) !== "0")
    .map(({ type, amount, isCredit }) => {
      const balance = moved(sheet, line.currency, amount, isCredit);
      return csvLine([
        line.productId,
        line.transactionId,
        line.type,
        type,
        line.channel,
        line.reference,
        line.currency,
        amount,
        balance,
        isCredit ? "Credit" : "Debit",
        new Date(line.createdAt).toISOString(),
        zone,
        reportTime(line.createdAt, zone),
        reportTime(line.paidAt, zone),
        reportTime(line.settledAt, zone),
        reportTime(line.updatedAt, zone),
        "",
        line.accountNumber ?? "",
        "",
        "",
        "",
        "",
      ]);
    })
    .join("");
}

function moved(sheet: BalanceSheet, currency: string, amount: string, isCredit: boolean): string {
  const minor = BigInt(toMinorUnits(amount, currency) ?? 0);
  const balance = (sheet.get(currency) ?? 0n) + (isCredit ? minor : -minor);
  sheet.set(currency, balance);
  return isKnownCurrency(currency) ? minorToDecimal(balance, currency) : String(balance);
}
