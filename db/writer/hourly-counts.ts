import type { Environment } from "../../app/lib/environment.ts";
import type { PaymentRequestRow } from "../../app/xendit/projection.ts";
import type { Connection } from "../connection.ts";
import { COUNT_DIMENSIONS, type CountDimension } from "../schema/projection.ts";
import { all, get, run } from "./statements.ts";

const HOUR_MS = 3_600_000;

/** What a payment request is counted by. */
export type Counted = Pick<
  PaymentRequestRow,
  | "environment"
  | "businessId"
  | "sortAt"
  | "currency"
  | "capturedMinor"
  | "status"
  | "eci"
  | "cvn"
  | "avs"
  | "response"
  | "failureCode"
>;

/** Moves the counters when requests moved: what went away is taken off, what came is added. */
export function moveCounts(connection: Connection, gone: readonly Counted[], come: readonly Counted[]): void {
  const moves = new Map<string, Cell>();
  for (const request of gone) add(moves, request, -1);
  for (const request of come) add(moves, request, 1);
  for (const cell of moves.values()) {
    if (cell.count !== 0 || cell.captured !== 0) applyMove(connection, cell);
  }
}

interface Cell {
  readonly environment: Environment;
  readonly businessId: string;
  readonly hour: number;
  readonly currency: string;
  readonly dimension: CountDimension;
  readonly code: string;
  count: number;
  captured: number;
}

function add(moves: Map<string, Cell>, request: Counted, sign: 1 | -1): void {
  for (const dimension of COUNT_DIMENSIONS) {
    const code = codeIn(dimension, request);
    if (code === null) continue;
    const { environment, businessId, currency, capturedMinor } = request;
    const hour = Math.floor(request.sortAt / HOUR_MS) * HOUR_MS;
    const key = JSON.stringify([environment, businessId, hour, currency, dimension, code]);
    const cell = moves.get(key) ?? {
      environment,
      businessId: businessId ?? "",
      hour,
      currency: currency ?? "",
      dimension,
      code,
      count: 0,
      captured: 0,
    };
    cell.count += sign;
    cell.captured += sign * (capturedMinor ?? 0);
    moves.set(key, cell);
  }
}

/** The code a request counts under, `''` when it has none; `null` when the dimension does not count it at all. */
function codeIn(dimension: CountDimension, request: Counted): string | null {
  if (dimension === "failure") return request.failureCode ?? "";
  if (dimension !== "decline") return request[dimension] ?? "";
  return request.status === "FAILED" ? (request.failureCode ?? request.response ?? "") : null;
}

function applyMove(connection: Connection, cell: Cell): void {
  const key = [cell.environment, cell.hour, cell.dimension, cell.code, cell.currency, cell.businessId] as const;
  run(
    connection,
    `INSERT INTO hourly_counts (environment, hour, dimension, code, currency, business_id, count, captured_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (environment, hour, dimension, code, currency, business_id)
     DO UPDATE SET count = count + excluded.count, captured_minor = captured_minor + excluded.captured_minor`,
    ...key,
    cell.count,
    cell.captured,
  );
  if (cell.count >= 0) return;
  run(
    connection,
    `DELETE FROM hourly_counts WHERE environment = ? AND hour = ? AND dimension = ? AND code = ? AND currency = ?
     AND business_id = ? AND count = 0`,
    ...key,
  );
}

/** Counts the first hour from `from` on that has anything in it, and says where the next begins; `null` at the end. */
export function recountNextHour(connection: Connection, environment: Environment, from: number): number | null {
  const { first } = get<{ first: number | null }>(
    connection,
    `SELECT min(at) AS first FROM (
       SELECT min(sort_at) AS at FROM payment_requests WHERE environment = @environment AND sort_at >= @from
       UNION ALL SELECT min(hour) AS at FROM hourly_counts WHERE environment = @environment AND hour >= @from)`,
    { environment, from },
  ) ?? { first: null };
  if (first === null) return null;
  const hour = Math.floor(first / HOUR_MS) * HOUR_MS;
  run(
    connection,
    "DELETE FROM hourly_counts WHERE environment = ? AND hour >= ? AND hour < ?",
    environment,
    hour,
    hour + HOUR_MS,
  );
  const requests = all<Counted>(
    connection,
    `SELECT environment, business_id AS businessId, sort_at AS sortAt, currency, captured_minor AS capturedMinor, status,
       eci, cvn, avs, response, failure_code AS failureCode
     FROM payment_requests WHERE environment = ? AND sort_at >= ? AND sort_at < ?`,
    environment,
    hour,
    hour + HOUR_MS,
  );
  moveCounts(connection, [], requests);
  return hour + HOUR_MS;
}
