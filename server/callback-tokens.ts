import { createHash, timingSafeEqual } from "node:crypto";
import { eq, isNull } from "drizzle-orm";
import type { Database } from "../app/db.server.ts";
import type { Environment } from "../app/lib/environment.ts";

export interface ActiveToken {
  readonly environment: Environment;
  readonly label: string;
  readonly digest: Buffer;
}

/** The tokens webhooks are accepted with, kept in memory: the door must not wait for a query. */
export interface CallbackTokens {
  /** The token that matches, which also says the environment; `null` for none. Constant work, whatever is sent. */
  match(sent: string | undefined): ActiveToken | null;
  refresh(): Promise<void>;
  stop(): void;
}

const REFRESH_MS = 1_000;
const USED_EVERY_MS = 60_000;

export async function loadCallbackTokens(db: Database, onError: (error: unknown) => void): Promise<CallbackTokens> {
  let active: readonly ActiveToken[] = [];
  const lastUsed = new Map<string, number>();
  const refresh = async () => {
    active = await activeTokens(db);
  };
  await refresh();
  // A store that cannot be read keeps the tokens known so far; the captures themselves will say what is wrong.
  const timer = setInterval(() => refresh().catch(onError), REFRESH_MS);
  timer.unref();

  return {
    match(sent) {
      const token = matchToken(active, sent);
      if (token) markUsed(db, lastUsed, token, Date.now()).catch(onError);
      return token;
    },
    refresh,
    stop: () => clearInterval(timer),
  };
}

/** Looks at every token even after a match, and compares digests, so that time tells neither which nor how much fits. */
export function matchToken(active: readonly ActiveToken[], sent: string | undefined): ActiveToken | null {
  const digest = tokenDigest(sent ?? "");
  let found: ActiveToken | null = null;
  for (const token of active) {
    const isSame = timingSafeEqual(token.digest, digest);
    found = isSame ? token : found;
  }
  return sent ? found : null;
}

export function tokenDigest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

async function activeTokens(db: Database): Promise<readonly ActiveToken[]> {
  const { webhookTokens } = db.tables;
  const rows = await db.read
    .select({
      digest: webhookTokens.tokenDigest,
      environment: webhookTokens.environment,
      label: webhookTokens.label,
    })
    .from(webhookTokens)
    .where(isNull(webhookTokens.revokedAt));
  return rows
    .map((row) => ({ ...row, digest: Buffer.from(row.digest, "hex") }))
    .filter((row) => row.digest.length === 32);
}

/** Once a minute is exact enough to see which of two rotating tokens is still in use. */
async function markUsed(db: Database, lastUsed: Map<string, number>, token: ActiveToken, at: number): Promise<void> {
  const tokenHex = token.digest.toString("hex");
  if (at - (lastUsed.get(tokenHex) ?? 0) < USED_EVERY_MS) return;
  lastUsed.set(tokenHex, at);
  const { webhookTokens } = db.tables;
  const query = db.read.update(webhookTokens).set({ lastUsedAt: at }).where(eq(webhookTokens.tokenDigest, tokenHex));
  await db.write([{ query, rows: "any" }]);
}
