import { and, desc, eq, gt, inArray, isNull, lte, ne, or } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { seal } from "~/lib/seal.server.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { DestinationRefusal } from "./destination.ts";
import { type Overlap, overlapMs } from "./destination-form.ts";
import { type Changer, findChangeable } from "./find-changeable.server.ts";
import { newSigningSecret } from "./standard-webhooks.ts";

export interface SigningKeyRow {
  readonly keyId: string;
  readonly createdAt: number;
  /** UTC milliseconds; `null` until a newer one takes over. */
  readonly expiresAt: number | null;
}

/** More would make a header nobody wants to check; a rotation needs two. */
const MAX_KEYS = 5;

/** Those that sign now, newest first. Never the secrets themselves. */
export async function listSigningKeys(
  db: Database,
  destinationId: string,
  now: number,
): Promise<readonly SigningKeyRow[]> {
  const { destinationSigningKeys: keys } = db.tables;
  return db.read
    .select({ keyId: keys.keyId, createdAt: keys.createdAt, expiresAt: keys.expiresAt })
    .from(keys)
    .where(and(eq(keys.destinationId, destinationId), signsAt(db, now)))
    .orderBy(desc(keys.createdAt), desc(keys.keyId));
}

interface ChangeKeys {
  readonly destinationId: string;
  readonly keyId: string;
  readonly operator: Changer;
  readonly now: Date;
}

/** A new secret, handed out this once. Those before it sign on for the overlap; the first one has none to overlap with. */
export async function addSigningKey(
  db: Database,
  { overlap, config, ...change }: ChangeKeys & { readonly overlap: Overlap; readonly config: Config },
): Promise<Result<{ secret: string }, DestinationRefusal>> {
  const found = await findChangeable(db, change);
  if (!found.ok) return found;
  const { destinationId, keyId, operator } = change;
  const now = change.now.getTime();
  const { destinationSigningKeys: keys, secrets } = db.tables;
  const before = await listSigningKeys(db, destinationId, now);
  if (before.some((key) => key.keyId === keyId)) return refused("key_known");
  if (before.length >= MAX_KEYS && overlap !== "now") return refused("too_many_keys");

  const secret = newSigningSecret();
  const secretName = `destination.${destinationId}.${keyId}`;
  const sealed = { name: secretName, sealed: seal(secret, config.encryptionKey), createdAt: now };
  const written = await db.write([
    {
      query: db.read.insert(keys).values({ keyId, destinationId, secretName, createdAt: now }).onConflictDoNothing(),
      rows: 1,
    },
    { query: db.read.insert(secrets).values(sealed), rows: 1 },
    endStatement(db, { destinationId, except: keyId, at: now + overlapMs[overlap] }),
    destroyStatement(db, { destinationId, endedBy: now }),
    auditStatement(db, {
      operator,
      action: "destinations:write",
      subject: destinationId,
      detail: { signingKey: keyId, ...(before.length > 0 ? { othersEnd: overlap } : {}) },
      now: change.now,
    }),
  ]);
  return written.ok ? ok({ secret }) : refused("key_known");
}

/** Ends it at once and destroys the secret: for one that leaked. */
export async function revokeSigningKey(db: Database, change: ChangeKeys): Promise<Result<null, DestinationRefusal>> {
  const found = await findChangeable(db, change);
  if (!found.ok) return found;
  const { destinationId, keyId, operator, now } = change;
  const { destinationSigningKeys: keys, secrets } = db.tables;
  const signing = and(eq(keys.keyId, keyId), eq(keys.destinationId, destinationId), signsAt(db, now.getTime()));
  const written = await db.write([
    { query: db.read.update(keys).set({ expiresAt: now.getTime() }).where(signing), rows: 1 },
    { query: db.read.delete(secrets).where(eq(secrets.name, `destination.${destinationId}.${keyId}`)), rows: 1 },
    auditStatement(db, {
      operator,
      action: "destinations:write",
      subject: destinationId,
      detail: { signingKeyRevoked: keyId },
      now,
    }),
  ]);
  return written.ok ? ok(null) : refused("key_absent");
}

/** All of a destination's secrets gone, for one that is removed. */
export function destroyAllKeys(db: Database, destinationId: string, now: number): readonly Statement[] {
  return [endStatement(db, { destinationId, at: now }), destroyStatement(db, { destinationId, endedBy: now })];
}

function signsAt(db: Database, now: number) {
  const { expiresAt } = db.tables.destinationSigningKeys;
  return or(isNull(expiresAt), gt(expiresAt, now));
}

/** What ends sooner already keeps its own end. */
function endStatement(
  db: Database,
  { destinationId, except, at }: { destinationId: string; except?: string; at: number },
): Statement {
  const { destinationSigningKeys: keys } = db.tables;
  const others = except === undefined ? undefined : ne(keys.keyId, except);
  const lasting = and(eq(keys.destinationId, destinationId), others, signsAt(db, at));
  return { query: db.read.update(keys).set({ expiresAt: at }).where(lasting), rows: "any" };
}

/** The secrets of keys that have ended; after the statement that ends them. The keys themselves stay, for the record. */
function destroyStatement(
  db: Database,
  { destinationId, endedBy }: { destinationId: string; endedBy: number },
): Statement {
  const { destinationSigningKeys: keys, secrets } = db.tables;
  const ended = db.read
    .select({ name: keys.secretName })
    .from(keys)
    .where(and(eq(keys.destinationId, destinationId), lte(keys.expiresAt, endedBy)));
  return { query: db.read.delete(secrets).where(inArray(secrets.name, ended)), rows: "any" };
}
