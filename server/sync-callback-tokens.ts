import { eq } from "drizzle-orm";
import type { Database, Statement } from "../app/db.server.ts";
import { type Config, ConfigError } from "../app/env.server.ts";
import { tokenDigest } from "./callback-tokens.ts";

/**
 * Makes the stored tokens of origin `configuration` those of XENDIT_WEBHOOK_TOKENS: new ones are added, missing ones are
 * revoked (not deleted: the webhooks page still names them). Only digests are stored.
 */
export async function syncCallbackTokens(
  db: Database,
  { webhookTokens: configured }: Pick<Config, "webhookTokens">,
  now: Date,
): Promise<void> {
  const { webhookTokens } = db.tables;
  const stored = await db.read.select().from(webhookTokens);
  const at = now.getTime();
  const wanted = configured.map((entry) => ({ ...entry, digest: tokenDigest(entry.token).toString("hex") }));

  const statements: Statement[] = [];
  for (const [index, entry] of wanted.entries()) {
    const known = stored.find((row) => row.tokenDigest === entry.digest);
    if (
      known &&
      known.environment !== entry.environment &&
      known.revokedAt === null &&
      known.origin !== "configuration"
    ) {
      throw new ConfigError(
        `XENDIT_WEBHOOK_TOKENS names a token for ${entry.environment} that already stands for ${known.environment} here.`,
      );
    }
    const active = { environment: entry.environment, origin: "configuration", revokedAt: null } as const;
    const query = known
      ? db.read.update(webhookTokens).set(active).where(eq(webhookTokens.tokenDigest, entry.digest))
      : db.read
          .insert(webhookTokens)
          .values({ ...active, tokenDigest: entry.digest, label: `${entry.environment} ${index + 1}`, createdAt: at });
    statements.push({ query, rows: 1 });
  }
  for (const row of stored) {
    const isGone = row.origin === "configuration" && row.revokedAt === null;
    if (!isGone || wanted.some((entry) => entry.digest === row.tokenDigest)) continue;
    const query = db.read
      .update(webhookTokens)
      .set({ revokedAt: at })
      .where(eq(webhookTokens.tokenDigest, row.tokenDigest));
    statements.push({ query, rows: 1 });
  }
  if (statements.length === 0) return;
  const outcome = await db.write(statements);
  if (!outcome.ok) throw new Error("The webhook tokens could not be written.");
}
