import { z } from "zod";

/** The accounts a journal posts to. Their codes are each merchant's own; these are a beginning. Browser-safe. */
export const JOURNAL_ACCOUNTS = [
  { name: "receivable", label: "Receivable from Xendit", code: "1130", about: "Captured and not yet reported" },
  { name: "balance", label: "Xendit balance", code: "1120", about: "What the reports say is ours" },
  { name: "sales", label: "Card sales", code: "4000", about: "Captures, by our own account" },
  { name: "refunds", label: "Refunds to shoppers", code: "4100", about: "By our own account" },
  { name: "fee", label: "Xendit fees", code: "6110", about: "As charged" },
  { name: "vat", label: "Input VAT", code: "1410", about: "On the fee" },
  { name: "withheld", label: "Tax withheld", code: "1420", about: "Xendit's and third parties'" },
  { name: "payable", label: "Payable to Xendit", code: "2130", about: "Fees that are invoiced instead of deducted" },
  { name: "chargebacks", label: "Chargebacks", code: "6120", about: "Taken back by card issuers" },
  { name: "writeOffs", label: "Differences written off", code: "6130", about: "By somebody, with a reason" },
] as const;
export type JournalAccount = (typeof JOURNAL_ACCOUNTS)[number]["name"];
export type AccountCodes = Readonly<Record<JournalAccount, string>>;

export const ACCOUNTS_SETTING = "journal-accounts";

export const defaultAccounts = Object.fromEntries(
  JOURNAL_ACCOUNTS.map(({ name, code }) => [name, code]),
) as AccountCodes;

export const accountLabel = Object.fromEntries(JOURNAL_ACCOUNTS.map(({ name, label }) => [name, label])) as Readonly<
  Record<JournalAccount, string>
>;

/** As charts of accounts have them; nothing a spreadsheet would run. */
const code = z
  .string({ error: "Write a code" })
  .trim()
  .min(1, "Write a code")
  .max(32, "At most 32 characters")
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ./_-]*$/, "Letters, digits, spaces and . / _ - only, a letter or digit first");

export const AccountCodes = z.object(
  Object.fromEntries(JOURNAL_ACCOUNTS.map(({ name }) => [name, code])) as Record<JournalAccount, typeof code>,
);
