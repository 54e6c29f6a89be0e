import { eq } from "drizzle-orm";
import type { Database, Preferences } from "~/db.server.ts";

interface SavePreferences {
  readonly operatorId: string;
  /** Those already kept. */
  readonly current: Preferences;
  readonly changes: Preferences;
}

/** Keeps what changed beside what was chosen before. Only ever the operator's own. */
export async function savePreferences(db: Database, { operatorId, current, changes }: SavePreferences): Promise<void> {
  const { operators } = db.tables;
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const query = db.read
    .update(operators)
    .set({ preferences: { ...current, ...given } })
    .where(eq(operators.operatorId, operatorId));
  await db.write([{ query, rows: 1 }]);
}
