import { eq } from "drizzle-orm";
import type { Database } from "../app/db.server.ts";
import { issueFirstLink } from "../app/domain/operators/first-link.server.ts";
import type { Config } from "../app/env.server.ts";
import { paths, withParams } from "../app/lib/paths.ts";
import { ensureSandboxKeys } from "../app/sandbox/keys.server.ts";
import { seedDemo } from "../db/seed.ts";
import { syncCallbackTokens } from "./sync-callback-tokens.ts";

/** Enough for every page to have something to say, few enough for a first start of seconds. */
const DEMO = { payments: 3_000, seed: 1 } as const;
/** Remembered, so that a cleared demo does not come back with the next start. */
const DEMO_SETTING = "demo";

interface Start {
  readonly say: (line: string) => void;
  readonly now: Date;
  readonly demo?: { readonly payments: number; readonly seed: number };
}

/** What must be in the store before the door opens: the sandbox's keys, tokens, demo data, a way in. */
export async function prepareStore(
  db: Database,
  config: Config,
  start: Start,
): Promise<{ readonly firstLink: string | null }> {
  if (config.sandbox) await ensureSandboxKeys(db, config, start.now.getTime());
  await switchSandboxToken(db, config, start.now);
  await syncCallbackTokens(db, config, start.now);
  if (config.demo && (await isUntouched(db))) await fillWithDemo(db, start);
  // After the seeding, so that its 60 minutes begin when somebody can read it.
  const token = await issueFirstLink(db, new Date());
  return { firstLink: token && config.publicUrl + withParams(`${paths.signIn()}/first`, { token }) };
}

/** Without the sandbox nobody sends with its token, so nobody is let in with it either. */
async function switchSandboxToken(db: Database, config: Config, now: Date): Promise<void> {
  const { webhookTokens } = db.tables;
  const revokedAt = config.sandbox ? null : now.getTime();
  const query = db.read.update(webhookTokens).set({ revokedAt }).where(eq(webhookTokens.origin, "sandbox"));
  await db.write([{ query, rows: "any" }]);
}

async function isUntouched(db: Database): Promise<boolean> {
  const { observations, settings } = db.tables;
  const [kept, demo] = await Promise.all([
    db.read.select({ id: observations.observationId }).from(observations).limit(1),
    db.read.select({ name: settings.name }).from(settings).where(eq(settings.name, DEMO_SETTING)).limit(1),
  ]);
  return kept.length === 0 && demo.length === 0;
}

async function fillWithDemo(db: Database, { say, now, demo = DEMO }: Start): Promise<void> {
  say(
    `Filling the empty database with ${demo.payments.toLocaleString("en")} demo payments (PAYDESK_DEMO=0 starts empty)`,
  );
  let quarter = 0;
  const progress = (done: number, total: number) => {
    const reached = Math.floor((4 * done) / total);
    if (reached > quarter) say(`  ${reached * 25} %`);
    quarter = reached;
  };
  await seedDemo(db, { ...demo, now, progress });
  const row = { name: DEMO_SETTING, value: { seededAt: now.getTime() }, updatedAt: Date.now() };
  await db.write([{ query: db.read.insert(db.tables.settings).values(row).onConflictDoNothing(), rows: "any" }]);
}
