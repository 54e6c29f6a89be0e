import { plainDecimal } from "../lib/money.ts";
import type { JsonObject } from "../xendit/bodies/json.ts";
import { ApiError } from "./api-error.ts";
import { answer, type Call } from "./call.server.ts";
import { transactionBody } from "./reports/ledger-line.ts";
import { findPosition, readLedger } from "./reports/read-ledger.server.ts";
import { digitsOf, timeOf } from "./stored.ts";

/** The ledger over what the sandbox holds: one line for each capture, released hold and refund, newest first. */
export async function listTransactions(call: Call): Promise<Response> {
  const query = parseQuery(call.url.searchParams);
  const found: JsonObject[] = [];
  const after = query.after === null ? null : await findPosition(call, query.after);
  if (query.after !== null && !after) throw invalidQuery("after_id");
  for await (const line of readLedger(call, { order: "newest", after })) {
    const body = transactionBody(line);
    if (matches(body, query)) found.push(body);
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
