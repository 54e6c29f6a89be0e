import type { Environment } from "../../app/lib/environment.ts";
import type { Projection } from "../../app/xendit/projection.ts";
import type { Change } from "../database.ts";
import type { Engine } from "./engine.ts";
import { type Counted, moveCounts } from "./hourly-counts.ts";
import { type PlainRow, type ProjectedTable, projectedTables } from "./projected-tables.ts";

export const NOTHING: Projection = {
  sessions: [],
  paymentRequests: [],
  payments: [],
  captures: [],
  refunds: [],
  disputes: [],
  identifiers: [],
};

/**
 * Makes the stored rows of these payments equal to what the fold made, touching only rows that differ: most arrivals
 * change few of them, and every row stands in many indexes.
 */
export function writeProjection(
  { connection }: Engine,
  environment: Environment,
  links: readonly string[],
  projection: Projection,
): Change[] {
  const changes: Change[] = [];
  for (const table of projectedTables) {
    const owners = links.filter((link) => table.mayBelongTo(link));
    const before = new Map(
      owners.flatMap((owner) => table.rowsOf(connection, environment, owner)).map((row) => [table.key(row), row]),
    );
    const after = new Map(
      projection[table.part].map((row) => table.encode(row)).map((row) => [table.key(row), row] as const),
    );
    const gone = [...before].filter(([key, row]) => !same(row, after.get(key))).map(([, row]) => row);
    const come = [...after].filter(([key, row]) => !same(row, before.get(key))).map(([, row]) => row);

    for (const row of gone) if (!after.has(table.key(row))) table.remove(connection, row);
    for (const row of come) table.upsert(connection, row);
    if (table.part === "paymentRequests") moveCounts(connection, gone.map(counted(table)), come.map(counted(table)));
    if (table.part === "paymentRequests" || table.part === "sessions") {
      changes.push(...[...gone, ...come].map(changeOf(table)));
    }
  }
  return changes;
}

function same(a: PlainRow, b: PlainRow | undefined): boolean {
  return b !== undefined && a.every((value, place) => value === b[place]);
}

/** Reads the columns the counters need back from a plain row. */
function counted(table: ProjectedTable): (row: PlainRow) => Counted {
  return (row) => {
    const value = reader(table, row);
    return {
      environment: value("environment"),
      businessId: value("business_id"),
      sortAt: value("sort_at"),
      currency: value("currency"),
      capturedMinor: value("captured_minor"),
      status: value("status"),
      eci: value("eci"),
      cvn: value("cvn"),
      avs: value("avs"),
      response: value("response"),
      failureCode: value("failure_code"),
    };
  };
}

function changeOf(table: ProjectedTable): (row: PlainRow) => Change {
  return (row) => {
    const value = reader(table, row);
    return {
      environment: value("environment"),
      businessId: value("business_id"),
      paymentRequestId: value("payment_request_id"),
      paymentSessionId: value("payment_session_id"),
      eventId: null,
    };
  };
}

function reader(table: ProjectedTable, row: PlainRow): <Value>(column: string) => Value {
  return <Value>(column: string) => row[table.columns.indexOf(column)] as Value;
}
