import { createHash } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { urlProblem } from "~/lib/guarded-fetch.server.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { seal } from "~/lib/seal.server.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { AddDestinationForm, DestinationRefusal } from "./destination.ts";
import { destinationPolicy } from "./destination-policy.server.ts";

export interface AddDestination extends AddDestinationForm {
  readonly config: Config;
  readonly operator: { readonly operatorId: string; readonly email: string };
  readonly now: Date;
}

export async function addDestination(
  db: Database,
  { name, url, token, config, operator, now }: AddDestination,
): Promise<Result<{ destinationId: string }, DestinationRefusal>> {
  const problem = urlProblem(url, await destinationPolicy(db, config));
  if (problem) return refused("url_not_allowed", problem);
  if (await isNameTaken(db, name)) return refused("name_taken");
  if (token !== "" && (await isWebhookToken(db, token))) return refused("token_is_a_webhook_token");

  const { destinations, secrets } = db.tables;
  const destinationId = newId("destination");
  const createdAt = now.getTime();
  const tokenSecret = token === "" ? null : `destination.${destinationId}`;
  const sealed = tokenSecret
    ? [
        {
          query: db.read
            .insert(secrets)
            .values({ name: tokenSecret, sealed: seal(token, config.encryptionKey), createdAt }),
          rows: 1,
        },
      ]
    : [];
  const row = { destinationId, name, url, tokenSecret, createdBy: operator.operatorId, createdAt };
  await db.write([
    ...sealed,
    { query: db.read.insert(destinations).values(row), rows: 1 },
    auditStatement(db, {
      operator,
      action: "destinations:write",
      subject: destinationId,
      // The path of a URL can be a secret; who may be called is what an audit needs.
      detail: { added: name, origin: new URL(url).origin, token: tokenSecret !== null },
      now,
    }),
  ]);
  return ok({ destinationId });
}

async function isNameTaken(db: Database, name: string): Promise<boolean> {
  const { destinations } = db.tables;
  const rows = await db.read
    .select({ id: destinations.destinationId })
    .from(destinations)
    .where(and(eq(destinations.name, name), isNull(destinations.removedAt)))
    .limit(1);
  return rows.length > 0;
}

/** Xendit's tokens and the sandbox's never leave this house, not even typed by hand. */
async function isWebhookToken(db: Database, token: string): Promise<boolean> {
  const { webhookTokens } = db.tables;
  const digest = createHash("sha256").update(token).digest("hex");
  const rows = await db.read
    .select({ digest: webhookTokens.tokenDigest })
    .from(webhookTokens)
    .where(eq(webhookTokens.tokenDigest, digest));
  return rows.length > 0;
}
