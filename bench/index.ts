import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../app/db.server.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import { benchArrivals, benchPaymentRequestId } from "./arrivals.ts";
import { type Measure, measure, report } from "./measure.ts";

/** `npm run bench -- --payments N --json`: what a store of that size does, in a file of its own that is removed again. */
const { values } = parseArgs({ options: { payments: { type: "string" }, json: { type: "boolean" } } });
const payments = Number(values.payments ?? "3000");
const CALLERS = 64;
const PAGE = 50;

const folder = mkdtempSync(join(tmpdir(), "paydesk-bench-"));
const file = join(folder, "paydesk.db");
migrate(file);
const db = await openDatabase({ file, threads: true });
try {
  print(await captures());
  print(await measure("duplicate", 2_000, CALLERS, (number) => db.capture(benchArrivals(number % payments)[1])));
  print(await measure("list page", 500, 1, () => listPage(db).execute({ environment: "test" })));
  print(await measure("list page, ECI 05", 500, 1, () => eciPage(db).execute({ environment: "test", eci: "05" })));
  print(await measure("look-up", 2_000, 1, (number) => lookUp(number)));
  print(await measure("exact count, heavy reader", 20, 1, () => exactCount()));
  print(await rebuild());
  print({ name: "file", payments, megabytes: Math.round(statSync(file).size / 1e5) / 10 });
} finally {
  await db.close();
  rmSync(folder, { recursive: true });
}

function print(result: Measure): void {
  process.stdout.write(values.json ? `${JSON.stringify({ ...result, payments })}\n` : `${report(result)}\n`);
}

/** Two webhooks a payment: its session, then its capture. */
function captures(): Promise<Measure> {
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

function lookUp(number: number) {
  const query = db.prepared("bench look-up", (read, { identifiers }) =>
    read
      .select()
      .from(identifiers)
      .where(and(eq(identifiers.environment, "test"), eq(identifiers.value, sql.placeholder("value"))))
      .prepare(),
  );
  return query.execute({ value: benchPaymentRequestId(number % payments) });
}

function exactCount() {
  return db.heavy().select({ count: sql<number>`count(*)` }).from(db.tables.identifiers).where(sql`value LIKE '%7%'`);
}

async function rebuild(): Promise<Measure> {
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
