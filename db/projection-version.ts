import { eq } from "drizzle-orm";
import type { Database, Statement } from "./database.ts";

/**
 * Counts up whenever the fold makes other rows of the same observations. A store that an earlier version folded is folded
 * again in the background after its start (server/fold-again.ts), so that a new column is not blank for old payments.
 */
export const PROJECTION_VERSION = 2;

const SETTING = "projection_version";

/** Whether rows stand here that an earlier version of the fold made. An empty store is this version's from now on. */
export async function isFoldedByOlder(db: Database): Promise<boolean> {
  const { observations, settings } = db.tables;
  const [[mark], some] = await Promise.all([
    db.read.select({ value: settings.value }).from(settings).where(eq(settings.name, SETTING)),
    db.read.select({ id: observations.observationId }).from(observations).limit(1),
  ]);
  if (mark?.value === PROJECTION_VERSION) return false;
  if (some.length > 0) return true;
  await db.write([foldedByThis(db, Date.now())]);
  return false;
}

/** The statement that remembers it. */
export function foldedByThis(db: Pick<Database, "read" | "tables">, now: number): Statement {
  const { settings } = db.tables;
  const set = { value: PROJECTION_VERSION, updatedAt: now };
  const query = db.read
    .insert(settings)
    .values({ name: SETTING, ...set })
    .onConflictDoUpdate({ target: settings.name, set });
  return { query, rows: 1 };
}
