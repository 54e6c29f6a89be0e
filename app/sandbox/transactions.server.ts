import { and, desc, eq, inArray, lt, or, type SQL } from "drizzle-orm";
import { plainDecimal, toMinorUnits } from "../lib/money.ts";
import { isJsonObject, isoTime, type JsonObject, jsonNumber } from "../xendit/bodies/json.ts";
import { ApiError } from "./api-error.ts";
import { answer, type Call } from "./call.server.ts";
import { decimalOf, estimatedSettlement, paymentFee } from "./fees.ts";
import { digitsOf, objectOf, storedBody, textOf, timeOf } from "./stored.ts";

/** The ledger over what the sandbox holds: one line for each captured or voided payment and each refund, newest first. */
export async function listTransactions(call: Call): Promise<Response> {
  const query = parseQuery(call.url.searchParams);
  const found: JsonObject[] = [];
  for await (const line of ledger(call, query.after)) {
    if (matches(line, query)) found.push(line);
    if (found.length > query.limit) break;
  }
  const data = found.slice(0, query.limit);
  return answer({ has_more: found.length > query.limit, data, links: [] });
}

interface LedgerQuery {
  readonly limit: number;
  readonly after: string | null;
  readonly anyOf: readonly (readonly [field: string, values: readonly string[]])[];
  readonly times: readonly (readonly [field: string, bound: "gte" | "lte", at: number])[];
  readonly amount: string | null;
}

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 50;

/** Names as in the query, and the field each is compared with. */
const fieldOf: Readonly<Record<string, string>> = {
  types: "type",
  statuses: "status",
  channel_categories: "channel_category",
  reference_id: "reference_id",
  product_id: "product_id",
  account_identifier: "account_identifier",
  currency: "currency",
};

function parseQuery(params: URLSearchParams): LedgerQuery {
  const limit = Number(params.get("limit") ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) throw invalidQuery("limit");
  if (params.has("before_id")) throw invalidQuery("before_id");
  const values = (name: string) => params.getAll(name).concat(params.getAll(`${name}[]`));
  const times = (["created", "updated"] as const).flatMap((field) =>
    (["gte", "lte"] as const).flatMap((bound) => {
      const text = params.get(`${field}[${bound}]`);
      if (text === null) return [];
      const at = Date.parse(text);
      if (Number.isNaN(at)) throw invalidQuery(`${field}[${bound}]`);
      return [[field, bound, at] as const];
    }),
  );
  const amount = params.get("amount");
  if (amount !== null && plainDecimal(amount) === null) throw invalidQuery("amount");
  return {
    limit,
    after: params.get("after_id"),
    anyOf: Object.entries(fieldOf)
      .map(([name, field]) => [field, values(name)] as const)
      .filter(([, wanted]) => wanted.length > 0),
    times,
    amount: amount === null ? null : plainDecimal(amount),
  };
}

function invalidQuery(name: string): ApiError {
  const error = { path: `/query/${name}`, message: "is not valid" };
  return new ApiError(400, "API_VALIDATION_ERROR", `request/query/${name} is not valid`, [error]);
}

function matches(line: JsonObject, query: LedgerQuery): boolean {
  const inTime = query.times.every(([field, bound, at]) =>
    bound === "gte" ? timeOf(line, field) >= at : timeOf(line, field) <= at,
  );
  const inValues = query.anyOf.every(([field, wanted]) => wanted.some((value) => value === line[field]));
  return inTime && inValues && (query.amount === null || plainDecimal(digitsOf(line, "amount")) === query.amount);
}

const CHUNK = 200;

interface Position {
  readonly at: number;
  readonly id: string;
}

/** Payments and refunds merged by time, read in chunks: a filter may pass over many lines, and none is left out. */
async function* ledger(call: Call, after: string | null): AsyncGenerator<JsonObject> {
  const from = after === null ? null : await positionOf(call, after);
  const sources = [paymentLines(call, from), refundLines(call, from)];
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    const open = heads.flatMap((head, index) => (head.done ? [] : [{ index, line: head.value }]));
    open.sort((a, b) => comparePositions(b.line, a.line));
    const [newest] = open;
    if (!newest) return;
    yield newest.line.body;
    const source = sources[newest.index];
    if (source) heads[newest.index] = await source.next();
  }
}

interface Line extends Position {
  readonly body: JsonObject;
}

function comparePositions(a: Position, b: Position): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

async function* paymentLines(call: Call, from: Position | null): AsyncGenerator<Line> {
  const { sandboxPayments: table } = call.db.tables;
  let last = from;
  for (;;) {
    const shown = inArray(table.status, ["SUCCEEDED", "CANCELED"]);
    const rows = await call.db.read
      .select()
      .from(table)
      .where(and(shown, olderThan(table.createdAt, table.paymentId, last, "py-")))
      .orderBy(desc(table.createdAt), desc(table.paymentId))
      .limit(CHUNK);
    for (const row of rows) {
      last = { at: row.createdAt, id: bareId(row.paymentId) };
      yield { ...last, body: paymentLine(call, storedBody(row.body)) };
    }
    if (rows.length < CHUNK) return;
  }
}

async function* refundLines(call: Call, from: Position | null): AsyncGenerator<Line> {
  const { sandboxRefunds: table } = call.db.tables;
  let last = from;
  for (;;) {
    const rows = await call.db.read
      .select()
      .from(table)
      .where(olderThan(table.createdAt, table.refundId, last, "rfd-"))
      .orderBy(desc(table.createdAt), desc(table.refundId))
      .limit(CHUNK);
    for (const row of rows) {
      last = { at: row.createdAt, id: bareId(row.refundId) };
      yield { ...last, body: refundLine(call, storedBody(row.body)) };
    }
    if (rows.length < CHUNK) return;
  }
}

type Column = Parameters<typeof lt>[0];

function olderThan(time: Column, id: Column, position: Position | null, prefix: string): SQL | undefined {
  if (!position) return undefined;
  return or(lt(time, position.at), and(eq(time, position.at), lt(id, prefix + position.id)));
}

/** A transaction's id is made of its payment's or refund's, so that it is the same every time. */
async function positionOf(call: Call, transactionId: string): Promise<Position> {
  const { sandboxPayments, sandboxRefunds } = call.db.tables;
  const id = transactionId.replace(/^txn_/, "");
  const [payment] = await call.db.read
    .select({ at: sandboxPayments.createdAt })
    .from(sandboxPayments)
    .where(eq(sandboxPayments.paymentId, `py-${id}`));
  const [refund] = await call.db.read
    .select({ at: sandboxRefunds.createdAt })
    .from(sandboxRefunds)
    .where(eq(sandboxRefunds.refundId, `rfd-${id}`));
  const found = payment ?? refund;
  if (!found) throw invalidQuery("after_id");
  return { at: found.at, id };
}

function bareId(id: string): string {
  return id.replace(/^(py|rfd)-/, "");
}

function paymentLine(call: Call, payment: JsonObject): JsonObject {
  const currency = textOf(payment, "currency");
  const country = textOf(payment, "country");
  const [capture] = Array.isArray(payment.captures) ? payment.captures.filter(isJsonObject) : [];
  const amount = capture ? digitsOf(capture, "capture_amount") : digitsOf(payment, "request_amount");
  const minor = toMinorUnits(amount, currency) ?? 0;
  const { fee, vat } = capture ? paymentFee(minor, currency, country) : { fee: 0n, vat: 0n };
  const capturedAt = capture ? timeOf(capture, "capture_timestamp") : timeOf(payment, "updated");
  const settlesAt = capture ? estimatedSettlement(capturedAt, country) : null;
  const card = objectOf(objectOf(payment, "channel_properties"), "card_details");
  const settled = settlesAt !== null && settlesAt <= call.now;
  return {
    ...commonLine(payment, `txn_${bareId(textOf(payment, "payment_id"))}`),
    product_id: textOf(payment, "payment_id"),
    type: "PAYMENT",
    status: capture ? "SUCCESS" : "VOIDED",
    account_identifier: textOf(card, "masked_card_number"),
    amount: jsonNumber(amount),
    net_amount: jsonNumber(decimalOf(BigInt(minor) - fee - vat, currency)),
    cashflow: "MONEY_IN",
    settlement_status: settlesAt === null ? null : settled ? "SETTLED" : "PENDING",
    estimated_settlement_time: settlesAt === null ? null : isoTime(settlesAt),
    updated: isoTime(capturedAt),
    fee: feeOf(decimalOf(fee, currency), decimalOf(vat, currency), settled ? "COMPLETED" : "PENDING"),
    product_data: {
      capture_id: capture ? textOf(capture, "capture_id") : undefined,
      payment_request_id: textOf(payment, "payment_request_id"),
    },
  };
}

const refundStatus: Readonly<Record<string, string>> = { PENDING: "PENDING", SUCCEEDED: "SUCCESS" };

/** The original fee is not given back. */
function refundLine(call: Call, refund: JsonObject): JsonObject {
  const amount = jsonNumber(digitsOf(refund, "amount"));
  const status = textOf(refund, "status");
  const line = { ...refund, business_id: call.keys.businessId };
  return {
    ...commonLine(line, `txn_${bareId(textOf(refund, "id"))}`),
    product_id: textOf(refund, "id"),
    type: "REFUND",
    status: refundStatus[status] ?? "FAILED",
    account_identifier: null,
    amount,
    net_amount: amount,
    cashflow: "MONEY_OUT",
    settlement_status: status === "SUCCEEDED" ? "SETTLED" : status === "PENDING" ? "PENDING" : null,
    estimated_settlement_time: null,
    updated: isoTime(timeOf(refund, "updated")),
    fee: feeOf("0", "0", "NOT_APPLICABLE"),
    product_data: { payment_request_id: textOf(refund, "payment_request_id") },
  };
}

function commonLine(body: JsonObject, id: string): JsonObject {
  const currency = textOf(body, "currency");
  return {
    id,
    channel_category: "CARDS",
    channel_code: "CARDS",
    reference_id: textOf(body, "reference_id"),
    currency,
    net_amount_currency: currency,
    business_id: textOf(body, "business_id"),
    created: isoTime(timeOf(body, "created")),
  };
}

function feeOf(fee: string, vat: string, status: string): JsonObject {
  return {
    xendit_fee: jsonNumber(fee),
    value_added_tax: jsonNumber(vat),
    xendit_withholding_tax: jsonNumber(0),
    third_party_withholding_tax: jsonNumber(0),
    status,
  };
}
