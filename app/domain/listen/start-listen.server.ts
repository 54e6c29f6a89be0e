import { and, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { type Environment, isEnvironment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { paths } from "~/lib/paths.ts";
import { toIso } from "~/lib/time.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import type { TokenHolder } from "../tokens/require-token.server.ts";
import type { StartedListen, StartListen } from "./listen-api.ts";
import { cursorSince, newestCursor } from "./read-events.server.ts";

/** The environment asked for, else the installation's, else the first of the operator's own. `null`: none is theirs. */
export function settleListenEnvironment(
  asked: Environment | undefined,
  { scope }: Pick<Operator, "scope">,
  { defaultEnvironment }: Pick<Config, "defaultEnvironment">,
): Environment | null {
  if (asked !== undefined) return scope.environments.includes(asked) ? asked : null;
  if (scope.environments.includes(defaultEnvironment)) return defaultEnvironment;
  return scope.environments[0] ?? null;
}

interface Start {
  readonly asked: StartListen;
  readonly environment: Environment;
  readonly holder: TokenHolder;
  readonly now: Date;
}

/**
 * Begins a run: a replay of kind `listen`, which has no deliveries yet and ends when the program says so. Asked again with
 * the same key it is the same run, from the same place: nothing was sent for it yet.
 */
export async function startListen(
  db: Database,
  { publicUrl }: Pick<Config, "publicUrl">,
  { asked, environment, holder, now }: Start,
): Promise<StartedListen> {
  const since = asked.since ?? null;
  const until = asked.until ?? null;
  const upTo = await newestCursor(db);
  const after = since === null ? upTo : Math.min(await cursorSince(db, { environment, since }), upTo);
  const replayId = await keepRun(db, { asked, environment, holder, now });
  return {
    id: replayId,
    environment,
    operator: holder.operator.email,
    url: publicUrl + paths.replay(replayId),
    after: String(after),
    up_to: String(upTo),
    since: since === null ? null : toIso(since),
    until: until === null ? null : toIso(until),
  };
}

async function keepRun(db: Database, { asked, environment, holder, now }: Start): Promise<string> {
  const { replays } = db.tables;
  const replayId = newId("replay");
  const { operator, tokenId } = holder;
  const idempotencyKey = listenKey(tokenId, asked.key);
  const row = {
    replayId,
    kind: "listen" as const,
    environment,
    state: "running" as const,
    total: 0,
    orderedBy: operator.operatorId,
    orderedAt: now.getTime(),
    idempotencyKey,
    selection: selectionOf(asked, environment),
    targetUrl: withoutSecrets(asked.target),
  };
  const written = await db.write([
    { query: db.read.insert(replays).values(row).onConflictDoNothing(), rows: 1 },
    auditStatement(db, {
      operator,
      action: "replays:listen",
      environment,
      subject: replayId,
      detail: { target: row.targetUrl, selection: row.selection, token: tokenId },
      now,
    }),
  ]);
  if (written.ok) return replayId;
  const [known] = await db.read
    .select({ replayId: replays.replayId, environment: replays.environment })
    .from(replays)
    .where(and(eq(replays.idempotencyKey, idempotencyKey)));
  if (!known || !isEnvironment(known.environment)) throw new Error("The run could not be written.");
  return known.replayId;
}

/** Names the token, so that a run whose program fell silent can be told from one that goes on. */
export function listenKey(tokenId: string, key: string): string {
  return `listen:${tokenId}:${key}`;
}

/** In the search params of the webhooks list, as every selection. */
function selectionOf({ since, until, types, payment }: StartListen, environment: Environment): string {
  const params = new URLSearchParams({ environment });
  for (const type of types) params.append("type", type);
  if (payment !== undefined) params.set("q", payment);
  if (typeof since === "number") params.set("from", toIso(since));
  if (typeof until === "number") params.set("to", toIso(until));
  return params.toString();
}

/** A URL people may see: what is typed before an @ or behind a ? may be a secret. */
function withoutSecrets(target: string): string {
  const url = new URL(target);
  return url.origin + url.pathname;
}
