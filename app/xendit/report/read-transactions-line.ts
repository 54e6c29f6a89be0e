import { idsTold } from "./ids-told.ts";
import type { TransactionsColumn } from "./report-columns.ts";
import type { TransactionsHead } from "./report-head.ts";
import { type KeepCells, type LineReader, type LineToRead, lineReader, type ReadLine } from "./report-line.ts";
import type { Telling } from "./telling.ts";
import { isMoneyOut, negative, sumAmounts, unsigned } from "./told-values.ts";

/** A line of the Transactions report of any version: one transaction as it stood when the report was made. */
export function readTransactionsLine(head: TransactionsHead, keep: KeepCells, read: LineToRead): ReadLine {
  const reader = lineReader<TransactionsColumn>(head, read);
  const transactionId = reader.transactionId("transactionId");
  const zone = reader.zone("zone");
  const telling = tellingOf(reader);
  if (telling.currency === null) reader.refuse("currency", "is empty: an amount needs one");
  if (reader.text("amount") === null) reader.refuse("amount", "is empty");
  if (telling.createdAt === null && reader.text("createdAt") === null) reader.refuse("createdAt", "is empty");
  if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
  const row = {
    source: "transactions",
    transactionId,
    line: read.line,
    telling,
    entry: null,
    ...keep(read.cells),
  } as const;
  return { ok: true, row, ...zone };
}

function tellingOf(reader: LineReader<TransactionsColumn>): Telling {
  const type = reader.text("type");
  const amount = reader.amount("amount");
  const isOut = isMoneyOut(type) || (amount?.startsWith("-") ?? false);
  const currency = reader.text("currency");
  // A net in another currency is no figure beside this amount.
  const isConverted = (reader.text("netCurrency") ?? currency) !== currency;
  const net = isConverted ? null : reader.amount("net");
  return {
    type,
    status: reader.text("status"),
    channel: reader.text("channel"),
    channelName: reader.text("channelName"),
    accountNumber: reader.masked("accountNumber"),
    currency,
    amount: unsigned(amount),
    fee: unsigned(charged(reader, ["totalFee", "fee"], ["transactionFee", "earlyFee"])),
    vat: unsigned(charged(reader, ["totalVat", "vat"], ["transactionVat", "earlyVat"])),
    withheld: sumAmounts([unsigned(reader.amount("xenditWht")), unsigned(reader.amount("thirdPartyWht"))]),
    net: net !== null && isOut ? negative(net) : net,
    reference: reader.masked("reference"),
    ...idsTold({
      productId: reader.text("productId"),
      paymentId: reader.text("paymentId"),
      paymentRequestId: reader.text("paymentRequestId"),
      captureId: reader.text("captureId"),
      paymentSessionId: reader.text("paymentSessionId"),
    }),
    createdAt: reader.time("createdAt"),
    updatedAt: reader.time("updatedAt"),
    estimatedSettlementAt: reader.time("estimatedSettlementAt"),
    settledAt: reader.time("settledAt") ?? reader.time("settledStamp"),
    settlementStatus: reader.text("settlementStatus"),
  };
}

/** A total where the report has one, else its parts together. */
function charged(
  reader: LineReader<TransactionsColumn>,
  totals: readonly TransactionsColumn[],
  parts: readonly TransactionsColumn[],
): string | null {
  const total = totals.find((column) => reader.text(column) !== null);
  return total ? reader.amount(total) : sumAmounts(parts.map((column) => unsigned(reader.amount(column))));
}
