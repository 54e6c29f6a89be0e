import { isLosslessNumber } from "lossless-json";
import { plainDecimal } from "../../lib/money.ts";
import { sha256 } from "../canonical.ts";
import { idsTold } from "./ids-told.ts";
import { maskCell } from "./mask-cell.ts";
import type { RowProblem } from "./report-line.ts";
import type { ReportRow, Telling } from "./telling.ts";
import { isMoneyOut, negative, sumAmounts, unsigned } from "./told-values.ts";

export type ReadApiTransaction =
  | { readonly ok: true; readonly row: ReportRow }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

type Body = Readonly<Record<string, unknown>>;

/** An object of `GET /transactions` (FACTS 8.1), numbers with their digits. `line` is its place in the pull, from 1. */
export function readApiTransaction(body: Body, line: number): ReadApiTransaction {
  const cells = flatten(body);
  const problems: RowProblem[] = [];
  const refuse = (column: string, reason: string) => {
    problems.push({ line, column, reason, excerpt: (cells[column] ?? "").slice(0, 60) });
    return null;
  };
  const text = (column: string) => cells[column] ?? null;
  const amount = (column: string) => {
    const told = text(column);
    return told === null ? null : (plainDecimal(told) ?? refuse(column, "is not an amount"));
  };
  const time = (column: string) => {
    const at = Date.parse(text(column) ?? "");
    return text(column) === null || !Number.isNaN(at)
      ? text(column) === null
        ? null
        : at
      : refuse(column, "is not a time");
  };
  for (const column of ["id", "currency", "amount", "created"]) {
    if (text(column) === null) refuse(column, "is not told");
  }
  // A net in another currency is no figure beside this amount.
  const isConverted = (text("net_amount_currency") ?? text("currency")) !== text("currency");
  const net = isConverted ? null : amount("net_amount");
  const isOut = text("cashflow") === "MONEY_OUT" || (text("cashflow") === null && isMoneyOut(text("type")));
  const telling: Telling = {
    type: text("type"),
    status: text("status"),
    channel: text("channel_category"),
    channelName: text("channel_code"),
    accountNumber: text("account_identifier"),
    currency: text("currency"),
    amount: unsigned(amount("amount")),
    fee: unsigned(amount("fee.xendit_fee")),
    vat: unsigned(amount("fee.value_added_tax")),
    withheld: sumAmounts([
      unsigned(amount("fee.xendit_withholding_tax")),
      unsigned(amount("fee.third_party_withholding_tax")),
    ]),
    net: net !== null && isOut ? negative(net) : net,
    reference: text("reference_id"),
    ...idsTold({
      productId: text("product_id"),
      paymentRequestId: text("product_data.payment_request_id"),
      captureId: text("product_data.capture_id"),
      paymentSessionId: text("product_data.payment_session_id"),
    }),
    createdAt: time("created"),
    updatedAt: time("updated"),
    estimatedSettlementAt: time("estimated_settlement_time"),
    settledAt: null,
    settlementStatus: text("settlement_status"),
  };
  if (problems.length > 0) return { ok: false, problems };
  const said = Object.entries(cells).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = sha256(JSON.stringify(["api", ...said.flat()]));
  return {
    ok: true,
    row: { source: "api", digest, entry: null, transactionId: text("id") ?? "", line, cells, telling },
  };
}

/** By path, `fee.xendit_fee`; what is null or empty is not told. */
function flatten(body: Body, prefix = "", depth = 0): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) {
    const path = prefix + name;
    if (value === null || value === undefined || value === "") continue;
    if (isLosslessNumber(value)) cells[path] = value.toString();
    else if (typeof value === "object" && depth < 4)
      Object.assign(cells, flatten(value as Body, `${path}.`, depth + 1));
    else cells[path] = maskCell(name, String(value));
  }
  return cells;
}
