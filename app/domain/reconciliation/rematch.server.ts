import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";

interface Changed {
  readonly environment: Environment;
  readonly groupKeys: readonly string[];
  readonly now: Date;
}

/** What a decision comes to is worked out at once, and the page that follows shows it: class, state, days, assignee. */
export async function rematch(db: Database, { environment, groupKeys, now }: Changed): Promise<void> {
  if (groupKeys.length === 0) return;
  await db.match({ environment, now: now.getTime(), groupKeys: [...new Set(groupKeys)] });
}
