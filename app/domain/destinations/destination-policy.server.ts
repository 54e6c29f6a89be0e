import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import type { FetchPolicy } from "~/lib/guarded-fetch.server.ts";
import { isHostName } from "./allowed-address.ts";
import { listAllowedAddresses } from "./allowed-addresses.server.ts";

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 16 * 1024;

/**
 * Where webhooks may be sent: public addresses, and what the setting names. Loopback is for people developing on their own
 * machine: as soon as live payments can be in the store, by key or by token, it has to be named like any other. This server
 * is never a destination of its own, named or not.
 */
export async function destinationPolicy(db: Database, config: Config): Promise<FetchPolicy> {
  const [isLive, allowed] = await Promise.all([canHoldLive(db, config), listAllowedAddresses(db)]);
  const addresses = allowed.map(({ address }) => address);
  return {
    allowLoopback: config.loopback && !isLive,
    allowNetworks: addresses.filter((address) => !isHostName(address)),
    allowHosts: addresses.filter(isHostName),
    refuseOrigins: [config.publicUrl, config.internalUrl],
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MAX_ANSWER_BYTES,
  };
}

/** Whether live payments can be in the store: a live key is configured, or live webhooks are let in. */
async function canHoldLive(db: Database, config: Config): Promise<boolean> {
  if (config.xendit.live !== null) return true;
  const { webhookTokens } = db.tables;
  const rows = await db.read
    .select({ digest: webhookTokens.tokenDigest })
    .from(webhookTokens)
    .where(and(eq(webhookTokens.environment, "live"), isNull(webhookTokens.revokedAt)))
    .limit(1);
  return rows.length > 0;
}
