import { eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { defaultRules, type RuleSet } from "~/xendit/reconcile/rules.ts";

/** The rules an environment is matched by: its own, else the published ones. */
export async function readRules(db: Database, environment: Environment): Promise<RuleSet> {
  const { reconciliationRules: table } = db.tables;
  const [row] = await db.read.select({ rules: table.rules }).from(table).where(eq(table.environment, environment));
  return row?.rules ?? defaultRules(environment);
}
