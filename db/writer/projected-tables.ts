import { getTableColumns } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Environment } from "../../app/lib/environment.ts";
import { type XenditIdKind, xenditIdKind } from "../../app/lib/ids.ts";
import type { Projection } from "../../app/xendit/projection.ts";
import type { Connection } from "../connection.ts";
import * as schema from "../schema/projection.ts";
import { rows, run } from "./statements.ts";

/** A projected row as SQLite holds it: values in the order of the table's columns. */
export type PlainRow = readonly unknown[];

/** One projected table and the SQL that keeps it equal to what the fold made. */
export interface ProjectedTable {
  readonly part: keyof Projection;
  readonly name: string;
  /** The column that says which payment request or session a row belongs to. */
  readonly owner: string;
  /** Whether rows of this table can belong to this id. An id of no known shape may be anybody's. */
  mayBelongTo(link: string): boolean;
  readonly columns: readonly string[];
  encode(row: object): PlainRow;
  key(row: PlainRow): string;
  rowsOf(connection: Connection, environment: Environment, owner: string): PlainRow[];
  upsert(connection: Connection, row: PlainRow): void;
  remove(connection: Connection, row: PlainRow): void;
}

export const projectedTables: readonly ProjectedTable[] = [
  projected("sessions", schema.sessions, "payment_session_id", ["session"]),
  projected("paymentRequests", schema.paymentRequests, "payment_request_id", ["payment_request"]),
  projected("payments", schema.payments, "payment_request_id", ["payment_request"]),
  projected("captures", schema.captures, "payment_request_id", ["payment_request"]),
  projected("refunds", schema.refunds, "payment_request_id", ["payment_request"]),
  projected("disputes", schema.disputes, "payment_request_id", ["payment_request"]),
  projected("identifiers", schema.identifiers, "target", ["payment_request", "session"]),
];

function projected(
  part: keyof Projection,
  table: SQLiteTable,
  owner: string,
  ownerKinds: readonly XenditIdKind[],
): ProjectedTable {
  const { name, primaryKeys } = getTableConfig(table);
  const properties = Object.entries(getTableColumns(table)) as [string, SQLiteColumn][];
  const columns = properties.map(([, column]) => column.name);
  const keyColumns = (primaryKeys[0]?.columns ?? []).map((column) => column.name);
  const keyPlaces = keyColumns.map((column) => columns.indexOf(column));
  const rest = columns.filter((column) => !keyColumns.includes(column));
  const select = `SELECT ${columns.join(", ")} FROM ${name} WHERE environment = ? AND ${owner} = ?`;
  const upsert = `INSERT INTO ${name} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
    ON CONFLICT (${keyColumns.join(", ")}) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(", ")}`;
  const remove = `DELETE FROM ${name} WHERE ${keyColumns.map((column) => `${column} = ?`).join(" AND ")}`;

  return {
    part,
    name,
    owner,
    columns,
    mayBelongTo(link) {
      const kind = xenditIdKind(link);
      return kind === null ? !link.startsWith("key:") : ownerKinds.includes(kind);
    },
    encode: (row) => properties.map(([property, column]) => encode(column, Reflect.get(row, property))),
    key: (row) => JSON.stringify(keyPlaces.map((place) => row[place])),
    rowsOf: (connection, environment, value) => rows(connection, select, environment, value),
    upsert: (connection, row) => run(connection, upsert, ...row),
    remove: (connection, row) => run(connection, remove, ...keyPlaces.map((place) => row[place])),
  };
}

function encode(column: SQLiteColumn, value: unknown): unknown {
  return value === null || value === undefined ? null : column.mapToDriverValue(value);
}
