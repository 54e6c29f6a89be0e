import { inArray } from "drizzle-orm";
import type { Database } from "../db.server.ts";
import type { Config } from "../env.server.ts";
import { open } from "../lib/seal.server.ts";

export interface SandboxKeys {
  readonly secretKey: string;
  readonly publicKey: string;
  readonly webhookToken: string | null;
}

const NAMES = {
  secretKey: "sandbox.secret_key",
  publicKey: "sandbox.public_key",
  webhookToken: "sandbox.webhook_token",
} as const;

/** The keys this installation's sandbox was given at its first start; `null` while it has none or is switched off. */
export async function findSandboxKeys(
  db: Database,
  config: Pick<Config, "sandbox" | "encryptionKey">,
): Promise<SandboxKeys | null> {
  if (!config.sandbox) return null;
  const { secrets } = db.tables;
  const rows = await db.read
    .select()
    .from(secrets)
    .where(inArray(secrets.name, Object.values(NAMES)));
  const opened = new Map(rows.map((row) => [row.name, open(row.sealed, config.encryptionKey)]));
  const secretKey = opened.get(NAMES.secretKey);
  const publicKey = opened.get(NAMES.publicKey);
  if (!secretKey || !publicKey) return null;
  return { secretKey, publicKey, webhookToken: opened.get(NAMES.webhookToken) ?? null };
}
