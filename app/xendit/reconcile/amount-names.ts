/** What the facts of a group add to a day. */
export const AMOUNTS = [
  "captured",
  "refunded",
  "reported",
  "reportedRefunds",
  "chargedBack",
  "fee",
  "vat",
  "withheld",
  "net",
  "settled",
] as const;
export type AmountName = (typeof AMOUNTS)[number];

/** With what somebody wrote off: the columns of amounts and ledger in db/schema/reconciliation.ts, in the order of the digest. */
export const LEDGER_AMOUNTS = [...AMOUNTS, "writtenOff"] as const;
export type LedgerAmount = (typeof LEDGER_AMOUNTS)[number];
