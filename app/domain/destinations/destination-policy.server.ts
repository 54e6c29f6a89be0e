import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import type { FetchPolicy } from "~/lib/guarded-fetch.server.ts";

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 16 * 1024;

/**
 * Where webhooks may be sent. Loopback is for people developing on their own machine: as soon as live payments can be in
 * the store, by key or by token, only public addresses are left. This server is never a destination of its own.
 */
export async function destinationPolicy(db: Database, config: Config): Promise<FetchPolicy> {
  const isLive = config.xendit.live !== null || (await hasLiveToken(db));
  return {
    allowLoopback: config.loopback && !isLive,
    refuseOrigins: [config.publicUrl, config.internalUrl],
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MAX_ANSWER_BYTES,
  };
}

async function hasLiveToken(db: Database): Promise<boolean> {
  const { webhookTokens } = db.tables;
  const rows = await db.read
    .select({ digest: webhookTokens.tokenDigest })
    .from(webhookTokens)
    .where(and(eq(webhookTokens.environment, "live"), isNull(webhookTokens.revokedAt)))
    .limit(1);
  return rows.length > 0;
}
