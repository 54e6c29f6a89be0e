import type { Database } from "../app/db.server.ts";
import { issueFirstLink } from "../app/domain/operators/first-link.server.ts";
import type { Config } from "../app/env.server.ts";
import { paths, withParams } from "../app/lib/paths.ts";
import { syncCallbackTokens } from "./sync-callback-tokens.ts";

/** What must be in the store before the door opens: tokens, the sandbox's keys, demo data, a way in. */
export async function prepareStore(
  db: Database,
  config: Config,
  { now }: { say: (line: string) => void; now: Date },
): Promise<{ readonly firstLink: string | null }> {
  await syncCallbackTokens(db, config, now);
  const token = await issueFirstLink(db, new Date());
  return { firstLink: token && config.publicUrl + withParams(`${paths.signIn()}/first`, { token }) };
}
