import type { ElsewhereId } from "./discrepancies.ts";
import type { LedgerLine } from "./ledger-line.ts";
import type { Seeded } from "./seeded.ts";

/** Another transaction of the same payment. */
export function addedLine(line: LedgerLine, chance: Seeded): LedgerLine {
  return { ...line, transactionId: `txn_${chance.uuid()}` };
}

/** A card payment whose ids nobody knows; with the reference of one that is known, it looks like a second charge. */
export function unheardOfLine(line: LedgerLine, chance: Seeded, knowsReference: boolean): LedgerLine {
  return {
    ...addedLine(line, chance),
    productId: `py-${chance.uuid()}`,
    paymentRequestId: `pr-${chance.uuid()}`,
    captureId: `cptr-${chance.uuid()}`,
    paymentSessionId: null,
    reference: knowsReference ? line.reference : `unheard-of-${chance.uuid().slice(0, 8)}`,
  };
}

/** A card payment of another environment, reported here. */
export function foreignLine(line: LedgerLine, chance: Seeded, id: ElsewhereId): LedgerLine {
  return {
    ...addedLine(line, chance),
    productId: id.paymentId,
    paymentRequestId: id.paymentRequestId,
    captureId: null,
    paymentSessionId: null,
    reference: `elsewhere-${chance.uuid().slice(0, 8)}`,
  };
}

const others = [
  { type: "PAYMENT", channel: "EWALLET", channelName: "ID_SHOPEEPAY", cashflow: "MONEY_IN" },
  { type: "PAYMENT", channel: "VIRTUAL_ACCOUNT", channelName: "BRI", cashflow: "MONEY_IN" },
  { type: "PAYMENT", channel: "QR_CODE", channelName: "QRIS", cashflow: "MONEY_IN" },
  { type: "DISBURSEMENT", channel: "BANK", channelName: "BCA", cashflow: "MONEY_OUT" },
  { type: "WITHDRAWAL", channel: "BANK", channelName: "MANDIRI", cashflow: "MONEY_OUT" },
  { type: "TOPUP", channel: "OTHER", channelName: "DEFAULT", cashflow: "MONEY_IN" },
] as const;

/** A line of a product that is not ours to reconcile. */
export function outOfScopeLine(line: LedgerLine, chance: Seeded): LedgerLine {
  const other = others[chance.int(0, others.length - 1)] ?? others[0];
  return {
    ...addedLine(line, chance),
    ...other,
    accountNumber: null,
    productId: chance.uuid(),
    paymentRequestId: null,
    captureId: null,
    paymentSessionId: null,
    reference: `other-${chance.uuid().slice(0, 8)}`,
    fee: "0",
    vat: "0",
    feeStatus: "NOT_APPLICABLE",
    net: other.cashflow === "MONEY_IN" ? line.amount : `-${line.amount}`,
  };
}
