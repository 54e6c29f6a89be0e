import Sqlite from "better-sqlite3";
import { asc, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { toMinorUnits } from "~/lib/money.ts";
import type { LedgerLine } from "~/sandbox/reports/ledger-line.ts";
import { type Connection, openSerialized } from "../../db/connection.ts";
import { migrateConnection } from "../../db/migrate.ts";
import { openOnOneThread } from "../../db/open-database.ts";
import { reportRows } from "../../db/schema/sqlite.ts";
import { reading } from "../../db/writer/reading.ts";
import { insertRows } from "./insert-rows.ts";

export interface Store {
  readonly db: Database;
  /** The very connection of the store, for what nothing of the desk writes that way. */
  readonly connection: Connection;
}

let template: Buffer | null = null;

/** An empty store whose connection is at hand. */
export function openStore(): Store {
  template ??= migrated();
  const connection = openSerialized(template);
  return { db: openOnOneThread(connection, reading), connection };
}

function migrated(): Buffer {
  const connection = new Sqlite(":memory:");
  migrateConnection(connection);
  const image = connection.serialize();
  connection.close();
  return image;
}

/** Lines as rows, past the import, which has tests of its own. */
export function insertLines(
  { connection }: Pick<Store, "connection">,
  lines: Iterable<LedgerLine>,
  environment: Environment = "sandbox",
): void {
  write(connection, () => insertRows(connection, { reportRows }, eachOf(lines, environment)));
}

export function write<Value>(connection: Connection, work: () => Value): Value {
  connection.pragma("query_only = OFF");
  const value = work();
  connection.pragma("query_only = ON");
  return value;
}

function* eachOf(lines: Iterable<LedgerLine>, environment: Environment) {
  for (const line of lines) yield { reportRows: [rowOf(line, environment)] };
}

export function rowOf(line: LedgerLine, environment: Environment): Tables["reportRows"]["$inferInsert"] {
  const minor = (text: string) => toMinorUnits(text, line.currency);
  const { transactionId, type, status, channel, channelName, accountNumber, currency, reference } = line;
  return {
    environment,
    transactionId,
    type,
    status,
    channel,
    channelName,
    accountNumber,
    currency,
    amountRaw: line.amount,
    amountMinor: minor(line.amount),
    feeMinor: minor(line.fee),
    vatMinor: minor(line.vat),
    withheldMinor: 0,
    netMinor: minor(line.net),
    reference,
    productId: line.productId || null,
    paymentRequestId: line.paymentRequestId,
    captureId: line.captureId,
    paymentSessionId: line.paymentSessionId,
    createdAt: line.createdAt,
    updatedAt: line.updatedAt,
    estimatedSettlementAt: line.estimatedSettlementAt,
    settledAt: line.settledAt,
    settlementStatus: line.settlementStatus,
    disagreements: [],
    tellings: 1,
  };
}

/** Everything a match leaves behind, in one order. */
export async function outcomeOf(db: Database, environment: Environment = "sandbox") {
  const { reconciliationGroups: groups, reconciliationAmounts: amounts, reportRows: rows } = db.tables;
  return {
    groups: await db.read
      .select()
      .from(groups)
      .where(eq(groups.environment, environment))
      .orderBy(asc(groups.groupKey)),
    amounts: await db.read
      .select()
      .from(amounts)
      .where(eq(amounts.environment, environment))
      .orderBy(asc(amounts.groupKey), asc(amounts.day), asc(amounts.currency)),
    rows: await db.read
      .select({ transactionId: rows.transactionId, groupKey: rows.groupKey, linkedBy: rows.linkedBy })
      .from(rows)
      .where(eq(rows.environment, environment))
      .orderBy(asc(rows.transactionId)),
  };
}
