import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { urlProblem } from "~/lib/guarded-fetch.server.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { isWebhookToken, sealedToken, tokenSecretName } from "./callback-token.server.ts";
import type { DestinationRefusal } from "./destination.ts";
import type { AddDestinationForm } from "./destination-form.ts";
import { destinationPolicy } from "./destination-policy.server.ts";
import { oneOfThisName } from "./find-changeable.server.ts";

export interface AddDestination extends AddDestinationForm {
  readonly config: Config;
  readonly operator: { readonly operatorId: string; readonly email: string };
  readonly now: Date;
}

/** With what suits most: every environment its maker may write for, every type, four deliveries at once. */
export async function addDestination(
  db: Database,
  { name, url, token, config, operator, now }: AddDestination,
): Promise<Result<{ destinationId: string }, DestinationRefusal>> {
  const problem = urlProblem(url, await destinationPolicy(db, config));
  if (problem) return refused("url_not_allowed", problem);
  if (token !== "" && (await isWebhookToken(db, token))) return refused("token_is_a_webhook_token");

  const destinationId = newId("destination");
  const hasToken = token !== "";
  const row = {
    destinationId,
    name,
    url,
    tokenSecret: hasToken ? tokenSecretName(destinationId) : null,
    createdBy: operator.operatorId,
    createdAt: now.getTime(),
  };
  const written = await db.write([
    ...(hasToken ? [sealedToken(db, config, { destinationId, token, now })] : []),
    { query: db.read.insert(db.tables.destinations).values(row), rows: 1 },
    auditStatement(db, {
      operator,
      action: "destinations:write",
      subject: destinationId,
      // The path of a URL can be a secret; who may be called is what an audit needs.
      detail: { added: name, origin: new URL(url).origin, token: hasToken },
      now,
    }),
    oneOfThisName(db, name),
  ]);
  return written.ok ? ok({ destinationId }) : refused("name_taken");
}
