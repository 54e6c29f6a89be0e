import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { ENVIRONMENTS, type Environment } from "~/lib/environment.ts";
import { open } from "~/lib/seal.server.ts";
import { operatorFor } from "../operators/operator.ts";
import type { Breaker } from "./breaker.ts";

/** A destination as a sender needs it. Holds open secrets: never into a loader's answer, a log or the store. */
export interface DeliveryTarget {
  readonly destinationId: string;
  readonly name: string;
  readonly url: string;
  /** Sent as `x-callback-token`; `null` when none was typed. */
  readonly token: string | null;
  /** `whsec_…`, newest first; those not expired. Empty: deliveries are not signed. */
  readonly signingSecrets: readonly string[];
  /** Whether `webhook-id` is sent with what is not signed; a signature always carries it. */
  readonly sendsWebhookId: boolean;
  readonly timeoutMs: number;
  /** Attempts a second at most; `null` is no limit. */
  readonly ratePerSecond: number | null;
  readonly concurrency: number;
  readonly inOrder: boolean;
  readonly isOn: boolean;
  /** Those chosen for it, within what its maker may write destinations for today. Send nothing of any other. */
  readonly environments: readonly Environment[];
  /** Its maker's business ids; `null` is all. Whoever chose the URL may not get what they may not see. */
  readonly businessIds: readonly string[] | null;
  /** `null` is every type. */
  readonly eventTypes: readonly string[] | null;
  readonly breaker: Breaker;
}

/**
 * Where and how to deliver, as of now; `null` when the destination was removed. Read it anew now and then during long
 * work: settings, secrets and the maker's reach change. Throws when ENCRYPTION_KEY is not the one its secrets were sealed with.
 */
export async function findTarget(
  db: Database,
  config: Config,
  destinationId: string,
  now = Date.now(),
): Promise<DeliveryTarget | null> {
  const { destinations, secrets, operators } = db.tables;
  const [found] = await db.read
    .select({ row: destinations, sealed: secrets.sealed, maker: operators })
    .from(destinations)
    .leftJoin(secrets, eq(secrets.name, destinations.tokenSecret))
    .leftJoin(operators, eq(operators.operatorId, destinations.createdBy))
    .where(and(eq(destinations.destinationId, destinationId), isNull(destinations.removedAt)));
  if (!found) return null;
  const { row, sealed, maker } = found;
  const reach = makersReach(maker);
  return {
    destinationId,
    name: row.name,
    url: row.url,
    token: sealed === null ? null : open(sealed, config.encryptionKey),
    signingSecrets: await openSigningSecrets(db, config, { destinationId, now }),
    sendsWebhookId: row.sendsWebhookId,
    timeoutMs: row.timeoutMs,
    ratePerSecond: row.ratePerSecond,
    concurrency: row.concurrency,
    inOrder: row.inOrder,
    isOn: row.isOn,
    environments: reach.environments.filter((one) => row.environments === null || row.environments.includes(one)),
    businessIds: reach.businessIds,
    eventTypes: row.eventTypes,
    breaker: { failuresInRow: row.failuresInRow, breakerOpenedAt: row.breakerOpenedAt },
  };
}

type StoredMaker = Database["tables"]["operators"]["$inferSelect"];

/** What may be sent to a destination at most: what whoever chose its URL may write destinations for, and see. */
export function makersReach(maker: StoredMaker | null) {
  // Operators are disabled, never deleted. A maker who is not there (a restored part of a store) reaches nothing live.
  if (!maker) return { environments: ENVIRONMENTS.filter((one) => one !== "live"), businessIds: null };
  return operatorFor(maker, "destinations:write").scope;
}

async function openSigningSecrets(
  db: Database,
  config: Config,
  { destinationId, now }: { destinationId: string; now: number },
): Promise<readonly string[]> {
  const { destinationSigningKeys: keys, secrets } = db.tables;
  const rows = await db.read
    .select({ sealed: secrets.sealed })
    .from(keys)
    .innerJoin(secrets, eq(secrets.name, keys.secretName))
    .where(and(eq(keys.destinationId, destinationId), or(isNull(keys.expiresAt), gt(keys.expiresAt, now))))
    .orderBy(desc(keys.createdAt), desc(keys.keyId));
  return rows.map(({ sealed }) => open(sealed, config.encryptionKey));
}
