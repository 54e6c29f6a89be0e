import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Database } from "../db.server.ts";
import type { Config } from "../env.server.ts";
import { open, seal } from "../lib/seal.server.ts";

/** What an installation's sandbox is known by. Random at first start, sealed at rest, the same ever after. */
export interface SandboxKeys {
  readonly secretKey: string;
  readonly publicKey: string;
  /** Sent as `x-callback-token`. */
  readonly webhookToken: string;
  readonly businessId: string;
}

export const SANDBOX_SECRETS = {
  secretKey: "sandbox.secret_key",
  publicKey: "sandbox.public_key",
  webhookToken: "sandbox.webhook_token",
} as const;

const BUSINESS_ID = "business_id";

/** Makes what is missing, registers the webhook token, and answers with all of it. Safe to repeat at every start. */
export async function ensureSandboxKeys(db: Database, config: Config, now: number): Promise<SandboxKeys> {
  const { secrets, sandboxSettings, webhookTokens } = db.tables;
  const fresh: Record<string, string> = {
    [SANDBOX_SECRETS.secretKey]: `xnd_development_sandbox_${randomBytes(16).toString("hex")}`,
    [SANDBOX_SECRETS.publicKey]: `xnd_public_development_sandbox_${randomBytes(16).toString("hex")}`,
    [SANDBOX_SECRETS.webhookToken]: randomBytes(24).toString("base64url"),
  };
  const sealed = Object.entries(fresh).map(([name, plain]) => ({
    name,
    sealed: seal(plain, config.encryptionKey),
    createdAt: now,
  }));
  const businessId = { name: BUSINESS_ID, value: randomBytes(12).toString("hex"), updatedAt: now };
  await db.write([
    ...sealed.map((row) => ({
      query: db.read.insert(secrets).values(row).onConflictDoNothing(),
      rows: "any" as const,
    })),
    { query: db.read.insert(sandboxSettings).values(businessId).onConflictDoNothing(), rows: "any" },
  ]);

  const keys = await readSandboxKeys(db, config);
  if (!keys) throw new Error("The sandbox's keys could not be stored.");
  const token = {
    tokenDigest: createHash("sha256").update(keys.webhookToken).digest("hex"),
    environment: "sandbox" as const,
    label: "sandbox",
    origin: "sandbox" as const,
    createdAt: now,
  };
  await db.write([{ query: db.read.insert(webhookTokens).values(token).onConflictDoNothing(), rows: "any" }]);
  return keys;
}

const known = new WeakMap<Database, SandboxKeys>();

/** `null` before `ensureSandboxKeys` ran. Opened once per store. */
export async function readSandboxKeys(db: Database, config: Config): Promise<SandboxKeys | null> {
  const before = known.get(db);
  if (before) return before;
  const { secrets, sandboxSettings } = db.tables;
  const rows = await db.read.select({ name: secrets.name, sealed: secrets.sealed }).from(secrets);
  const settings = await db.read.select().from(sandboxSettings);
  const plain = (name: string) => {
    const row = rows.find((one) => one.name === name);
    return row ? open(row.sealed, config.encryptionKey) : null;
  };
  const secretKey = plain(SANDBOX_SECRETS.secretKey);
  const publicKey = plain(SANDBOX_SECRETS.publicKey);
  const webhookToken = plain(SANDBOX_SECRETS.webhookToken);
  const businessId = settings.find((row) => row.name === BUSINESS_ID)?.value;
  if (!secretKey || !publicKey || !webhookToken || typeof businessId !== "string") return null;
  const keys = { secretKey, publicKey, webhookToken, businessId };
  known.set(db, keys);
  return keys;
}

/**
 * The same card has the same fingerprint in one installation. Keyed, because card numbers are few enough to be found
 * behind a plain digest by trying them all.
 */
export function cardFingerprint(cardNumber: string, config: Config): string {
  return createHmac("sha256", config.encryptionKey).update(`card:${cardNumber}`).digest("hex").slice(0, 24);
}
