import { and, asc, desc, eq, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Call } from "../call.server.ts";
import { storedBody } from "../stored.ts";
import { bareId, type LedgerLine, paymentLines, readTransactionId, refundLine } from "./ledger-line.ts";

export interface LedgerSpan {
  readonly order: "newest" | "oldest";
  /** By creation, half-open. */
  readonly from?: number;
  readonly until?: number;
  /** The last transaction that was read before. */
  readonly after?: Position | null;
}

/** Where a line stands: by time, then by the number in its id, then by capture. */
export interface Position {
  readonly at: number;
  readonly bareId: string;
  readonly nth: number;
}

const CHUNK = 200;

/** Payments and refunds merged by time, read in chunks: a filter may pass over many lines, and none is left out. */
export async function* readLedger(call: Call, span: LedgerSpan): AsyncGenerator<LedgerLine> {
  const sources = [payments(call, span), refunds(call, span)];
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    const open = heads.flatMap((head, index) => (head.done ? [] : [{ index, line: head.value }]));
    open.sort((a, b) => compare(span, positionOf(a.line), positionOf(b.line)));
    const [next] = open;
    if (!next) return;
    yield next.line;
    const source = sources[next.index];
    if (source) heads[next.index] = await source.next();
  }
}

/** Where a transaction of that id stands; `null` when there is none. */
export async function findPosition(call: Call, transactionId: string): Promise<Position | null> {
  const { sandboxPayments, sandboxRefunds } = call.db.tables;
  const { bareId: bare, nth } = readTransactionId(transactionId);
  const [payment] = await call.db.read
    .select({ at: sandboxPayments.createdAt })
    .from(sandboxPayments)
    .where(eq(sandboxPayments.paymentId, `py-${bare}`));
  const [refund] = await call.db.read
    .select({ at: sandboxRefunds.createdAt })
    .from(sandboxRefunds)
    .where(eq(sandboxRefunds.refundId, `rfd-${bare}`));
  const found = payment ?? refund;
  return found ? { at: found.at, bareId: bare, nth } : null;
}

async function* payments(call: Call, span: LedgerSpan): AsyncGenerator<LedgerLine> {
  const { sandboxPayments: table, sandboxPaymentRequests: requests } = call.db.tables;
  const shown = inArray(table.status, ["SUCCEEDED", "CANCELED"]);
  const read = (after: Cursor | null) =>
    call.db.read
      .select({ id: table.paymentId, createdAt: table.createdAt, body: table.body, session: requests.paymentSessionId })
      .from(table)
      .leftJoin(requests, eq(requests.paymentRequestId, table.paymentRequestId))
      .where(and(shown, within(table.createdAt, table.paymentId, span, after)))
      .orderBy(...ordered(table.createdAt, table.paymentId, span))
      .limit(CHUNK);
  for await (const row of inChunks(read)) {
    const lines = paymentLines(storedBody(row.body), { paymentSessionId: row.session || null, now: call.now });
    yield* beyond(span, span.order === "newest" ? lines.toReversed() : lines);
  }
}

async function* refunds(call: Call, span: LedgerSpan): AsyncGenerator<LedgerLine> {
  const { sandboxRefunds: table, sandboxPaymentRequests: requests } = call.db.tables;
  const read = (after: Cursor | null) =>
    call.db.read
      .select({ id: table.refundId, createdAt: table.createdAt, body: table.body, session: requests.paymentSessionId })
      .from(table)
      .leftJoin(requests, eq(requests.paymentRequestId, table.paymentRequestId))
      .where(within(table.createdAt, table.refundId, span, after))
      .orderBy(...ordered(table.createdAt, table.refundId, span))
      .limit(CHUNK);
  for await (const row of inChunks(read)) {
    yield* beyond(span, [refundLine(storedBody(row.body), call.keys.businessId, row.session || null)]);
  }
}

interface Cursor {
  readonly id: string;
  readonly createdAt: number;
}

async function* inChunks<Row extends Cursor>(
  read: (after: Cursor | null) => PromiseLike<readonly Row[]>,
): AsyncGenerator<Row> {
  for (let last: Cursor | null = null; ; ) {
    const rows: readonly Row[] = await read(last);
    yield* rows;
    last = rows.at(-1) ?? null;
    if (rows.length < CHUNK) return;
  }
}

type Column = Parameters<typeof lt>[0];

function within(time: Column, id: Column, span: LedgerSpan, after: Cursor | null): SQL | undefined {
  const isNewest = span.order === "newest";
  const bounds = [
    span.from === undefined ? undefined : gte(time, span.from),
    span.until === undefined ? undefined : lt(time, span.until),
  ];
  // The row a position is in may have further lines: it is read again, and `beyond` drops what was read before.
  if (span.after && !after) bounds.push(isNewest ? lte(time, span.after.at) : gte(time, span.after.at));
  if (after) bounds.push(sql`(${time}, ${id}) ${isNewest ? sql`<` : sql`>`} (${after.createdAt}, ${after.id})`);
  return and(...bounds);
}

function ordered(time: Column, id: Column, { order }: LedgerSpan): SQL[] {
  return order === "newest" ? [desc(time), desc(id)] : [asc(time), asc(id)];
}

function beyond(span: LedgerSpan, lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const { after } = span;
  return after ? lines.filter((line) => compare(span, positionOf(line), after) > 0) : lines;
}

function positionOf(line: LedgerLine): Position {
  return { at: line.createdAt, bareId: bareId(line.productId), nth: readTransactionId(line.transactionId).nth };
}

/** Below zero where `a` comes first. */
function compare({ order }: LedgerSpan, a: Position, b: Position): number {
  const byId = a.bareId === b.bareId ? a.nth - b.nth : a.bareId < b.bareId ? -1 : 1;
  const upwards = a.at - b.at || byId;
  return order === "newest" ? -upwards : upwards;
}
