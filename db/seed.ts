import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { Moment } from "./demo/moment.ts";
import type { SandboxBooks } from "./demo/sandbox-books.ts";
import { tellStory } from "./demo/story.ts";

const DEMO_BUSINESS_ID = "62440e322008e87fb29c1fd0";

/** Enough arrivals at once for a few full commits, few enough that progress is seen and memory stays small. */
const TOGETHER = 256;

export interface SeedOptions {
  readonly payments: number;
  readonly seed: number;
  /** The story ends here and began ninety days before. */
  readonly now: Date;
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Fills the sandbox environment with demo payments, through the very code that captures webhooks: the same masking,
 * classes, fold and counts. Running it twice with one seed and one `now` adds receipts, not payments.
 */
export async function seedDemo(db: Database, options: SeedOptions): Promise<{ readonly observations: number }> {
  const { payments, seed, now, progress } = options;
  const businessId = await businessIdOf(db);
  const { moments, books } = tellStory({ payments, seed, now: now.getTime(), businessId });
  for (let done = 0; done < moments.length; done += TOGETHER) {
    await Promise.all(moments.slice(done, done + TOGETHER).map((moment) => arrive(db, moment)));
    progress?.(Math.min(done + TOGETHER, moments.length), moments.length);
  }
  await keep(db, books());
  return { observations: moments.length };
}

/** Rows of one insert: a statement holds 32,766 values at most. */
const ROWS_AT_ONCE = 500;

/** Gives the sandbox what it would hold of these payments, so that its API answers for them. */
async function keep(db: Database, books: SandboxBooks): Promise<void> {
  const { sandboxSessions, sandboxPaymentRequests, sandboxPayments } = db.tables;
  const { sandboxTokens, sandboxRefunds, sandboxCustomers } = db.tables;
  const inserts = [
    ...slices(books.sandboxCustomers).map((rows) => db.read.insert(sandboxCustomers).values(rows)),
    ...slices(books.sandboxTokens).map((rows) => db.read.insert(sandboxTokens).values(rows)),
    ...slices(books.sandboxSessions).map((rows) => db.read.insert(sandboxSessions).values(rows)),
    ...slices(books.sandboxPaymentRequests).map((rows) => db.read.insert(sandboxPaymentRequests).values(rows)),
    ...slices(books.sandboxPayments).map((rows) => db.read.insert(sandboxPayments).values(rows)),
    ...slices(books.sandboxRefunds).map((rows) => db.read.insert(sandboxRefunds).values(rows)),
  ];
  // One write each, so that captures get their turn in between.
  for (const one of inserts) await db.write([{ query: one.onConflictDoNothing(), rows: "any" }]);
}

function slices<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / ROWS_AT_ONCE);
  return Array.from({ length: count }, (_, index) => rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE));
}

/** The demo belongs to this installation's sandbox merchant, when the sandbox has made one up. */
async function businessIdOf(db: Database): Promise<string> {
  const { sandboxSettings } = db.tables;
  const rows = await db.read
    .select({ value: sandboxSettings.value })
    .from(sandboxSettings)
    .where(eq(sandboxSettings.name, "business_id"));
  const [row] = rows;
  return typeof row?.value === "string" ? row.value : DEMO_BUSINESS_ID;
}

const encoder = new TextEncoder();

async function arrive(db: Database, moment: Moment): Promise<void> {
  const bytes = encoder.encode(moment.text);
  if (moment.kind !== "webhook") {
    const { kind, subject, at } = moment;
    await db.observe({ environment: "sandbox", source: kind, subject, bytes, receivedAt: at });
    return;
  }
  await db.capture({
    environment: "sandbox",
    bytes,
    headers: headersOf(moment.webhookId),
    webhookId: moment.webhookId,
    tokenLabel: "sandbox",
    address: "127.0.0.1",
    replayHeader: null,
    receivedAt: moment.at,
  });
}

function headersOf(webhookId: string | null): readonly (readonly [string, string])[] {
  const always = [["content-type", "application/json"]] as const;
  return webhookId === null ? always : [...always, ["webhook-id", webhookId]];
}
