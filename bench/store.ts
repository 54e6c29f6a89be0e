import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../app/db.server.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import { benchArrivals, benchPaymentRequestId } from "./arrivals.ts";
import { type Measure, measure } from "./measure.ts";

const CALLERS = 64;
const PAGE = 50;

/** What a store of so many payments does, in a file of its own that is removed again. */
export async function* benchStore(payments: number): AsyncGenerator<Measure> {
  const folder = mkdtempSync(join(tmpdir(), "paydesk-bench-"));
  const file = join(folder, "paydesk.db");
  migrate(file);
  const db = await openDatabase({ file, threads: true });
  try {
    yield await captures(db, payments);
    yield await measure("duplicate", 2_000, CALLERS, (number) => db.capture(benchArrivals(number % payments)[1]));
    yield await measure("list page", 500, 1, () => listPage(db).execute({ environment: "test" }));
    yield await measure("list page, ECI 05", 500, 1, () => eciPage(db).execute({ environment: "test", eci: "05" }));
    yield await measure("look-up", 2_000, 1, (number) => lookUp(db, number % payments));
    yield await measure("exact count, heavy reader", 20, 1, () => exactCount(db));
    yield await rebuild(db);
    yield { name: "file", payments, megabytes: Math.round(statSync(file).size / 1e5) / 10 };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true });
  }
}

/** Two webhooks a payment: its session, then its capture. */
function captures(db: Database, payments: number): Promise<Measure> {
  return measure("capture", payments * 2, CALLERS, (number) => {
    const [session, capture] = benchArrivals(Math.floor(number / 2));
    return db.capture(number % 2 === 0 ? session : capture);
  });
}

function listPage({ prepared }: Database) {
  return prepared("bench list", (read, { paymentRequests }) =>
    read
      .select()
      .from(paymentRequests)
      .where(eq(paymentRequests.environment, sql.placeholder("environment")))
      .orderBy(desc(paymentRequests.sortAt), desc(paymentRequests.paymentRequestId))
      .limit(PAGE)
      .prepare(),
  );
}

function eciPage({ prepared }: Database) {
  return prepared("bench list by eci", (read, { paymentRequests }) =>
    read
      .select()
      .from(paymentRequests)
      .where(
        and(
          eq(paymentRequests.environment, sql.placeholder("environment")),
          eq(paymentRequests.eci, sql.placeholder("eci")),
        ),
      )
      .orderBy(desc(paymentRequests.sortAt), desc(paymentRequests.paymentRequestId))
      .limit(PAGE)
      .prepare(),
  );
}

function lookUp(db: Database, number: number) {
  const query = db.prepared("bench look-up", (read, { identifiers }) =>
    read
      .select()
      .from(identifiers)
      .where(and(eq(identifiers.environment, "test"), eq(identifiers.value, sql.placeholder("value"))))
      .prepare(),
  );
  return query.execute({ value: benchPaymentRequestId(number) });
}

function exactCount(db: Database) {
  return db.heavy().select({ count: sql<number>`count(*)` }).from(db.tables.identifiers).where(sql`value LIKE '%7%'`);
}

async function rebuild(db: Database): Promise<Measure> {
  const startedAt = performance.now();
  const { observations } = await db.rebuild();
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    name: "rebuild",
    observations,
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(observations / seconds),
  };
}
