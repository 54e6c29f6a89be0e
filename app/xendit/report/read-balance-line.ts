import { idsTold } from "./ids-told.ts";
import type { BalanceColumn } from "./report-columns.ts";
import type { BalanceHead } from "./report-head.ts";
import { type KeepCells, type LineReader, type LineToRead, lineReader, type ReadLine } from "./report-line.ts";
import type { Telling } from "./telling.ts";
import { codeOf, isMoneyOut, negative, UNTOLD, unsigned } from "./told-values.ts";

/**
 * A line of the Balance report: one movement of the balance. A transaction is told by several (itself, its fee, its VAT,
 * what was given back of each), which `mergeTellings` adds up; so it does not matter where a file was cut between them.
 *
 * A fee given back makes the fee smaller. A transaction that was reversed keeps its amount and is told to be REVERSED, as
 * the Transactions report has it: what it was for does not become nothing.
 */
export function readBalanceLine(head: BalanceHead, keep: KeepCells, read: LineToRead): ReadLine {
  const reader = lineReader<BalanceColumn>(head, read);
  const transactionId = reader.transactionId("transactionId");
  const zone = reader.zone("zone");
  const lineType = codeOf(reader.text("lineType") ?? "");
  const amount = reader.amount("amount");
  const movement = amount === null ? null : movementOf(reader, { lineType, amount });
  const createdAt = reader.time("createdIso") ?? reader.time("createdAt") ?? reader.time("paidAt");
  const settledAt = reader.time("settledAt");
  if (lineType === "") reader.refuse("lineType", "is empty");
  if (reader.text("currency") === null) reader.refuse("currency", "is empty: an amount needs one");
  if (reader.text("amount") === null) reader.refuse("amount", "is empty");
  if (reader.problems.length > 0 || movement === null) return { ok: false, problems: reader.problems };

  const telling = { ...tellingOf(reader, { lineType, movement }), createdAt, settledAt };
  // Without the running balance: a report of another period may count it from elsewhere, and a fee must not count twice.
  const entry = [lineType, telling.currency, movement, createdAt ?? ""].join(" ");
  const row = { source: "balance", transactionId, line: read.line, telling, entry, ...keep(read.cells) } as const;
  return { ok: true, row, ...zone };
}

function tellingOf(
  reader: LineReader<BalanceColumn>,
  { lineType, movement }: { lineType: string; movement: string },
): Telling {
  const part = partOf(lineType);
  const cost = movement.startsWith("-") ? movement.slice(1) : negative(movement);
  return {
    ...UNTOLD,
    type: reader.text("type"),
    status: part === "transaction" && isReversal(lineType) ? "REVERSED" : null,
    channel: reader.text("channel"),
    accountNumber: reader.masked("accountNumber"),
    currency: reader.text("currency"),
    amount: part === "transaction" && !isReversal(lineType) ? unsigned(movement) : null,
    fee: part === "fee" ? cost : null,
    vat: part === "vat" ? cost : null,
    withheld: part === "withheld" ? cost : null,
    net: movement,
    reference: reader.masked("reference"),
    ...idsTold({
      productId: reader.text("productId"),
      paymentRequestId: null,
      captureId: null,
      paymentSessionId: null,
    }),
  };
}

/** Line types we do not know move the balance and tell nothing else. */
function partOf(lineType: string): "transaction" | "fee" | "vat" | "withheld" | null {
  const [, part] = /^(?:.*_)?(TRANSACTION|FEE|VAT|WHT|TAX)(?:_REVERSAL)?$/.exec(lineType) ?? [];
  if (part === "WHT" || part === "TAX") return "withheld";
  return part === undefined ? null : (part.toLowerCase() as "transaction" | "fee" | "vat");
}

function isReversal(lineType: string): boolean {
  return lineType.endsWith("_REVERSAL");
}

/** What the line did to the balance: as its direction says, else by its sign, else as its kind does. */
function movementOf(
  reader: LineReader<BalanceColumn>,
  { lineType, amount }: { lineType: string; amount: string },
): string {
  const direction = codeOf(reader.text("direction") ?? "");
  if (direction.startsWith("D")) return negative(amount);
  if (direction.startsWith("C")) return unsigned(amount) ?? amount;
  if (amount.startsWith("-")) return amount;
  const isCost = partOf(lineType) !== "transaction" || isMoneyOut(reader.text("type"));
  return isCost !== isReversal(lineType) ? negative(amount) : amount;
}
