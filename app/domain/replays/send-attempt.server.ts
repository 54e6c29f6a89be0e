import { eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { type FetchPolicy, type GuardedAnswer, guardedFetch } from "~/lib/guarded-fetch.server.ts";
import { newId } from "~/lib/ids.ts";
import { open } from "~/lib/seal.server.ts";
import { maskText } from "~/xendit/mask.ts";
import { destinationPolicy } from "../destinations/destination-policy.server.ts";
import { type AttemptResult, REPLAY_HEADER } from "./replay.ts";

export interface DueDelivery {
  readonly deliveryId: string;
  readonly replayId: string;
  readonly eventId: string;
  readonly attempts: number;
  readonly destinationId: string;
}

export interface Attempt extends AttemptResult {
  readonly attemptId: string;
  readonly at: number;
  readonly responseExcerpt: string | null;
  readonly responseType: string | null;
  readonly error: string | null;
}

const EXCERPT_BYTES = 2_048;

/** One HTTP try: the stored bytes as they are, the sender's content type and webhook id, our header, the destination's token. */
export async function sendAttempt(
  db: Database,
  config: Config,
  { delivery, signal, now }: { delivery: DueDelivery; signal: AbortSignal; now: () => number },
): Promise<Attempt> {
  const attemptId = newId("attempt");
  const at = now();
  const blocked = (error: string): Attempt => ({ attemptId, at, ...nothingSent, error });
  const [target, event, policy] = await Promise.all([
    findTarget(db, config, delivery.destinationId),
    findBody(db, delivery.eventId),
    destinationPolicy(db, config),
  ]);
  if (!target) return blocked("The destination was removed.");
  if (!event) return blocked("The webhook is no longer stored.");
  if (event.masked) return blocked("Card data was masked in it.");

  const headers: Record<string, string> = {
    ...originalHeaders(event.headers),
    ...(target.token === null ? {} : { "x-callback-token": target.token }),
    [REPLAY_HEADER]: attemptId,
    "user-agent": "Paydesk",
  };
  const fetchPolicy: FetchPolicy = { ...policy, signal };
  const answer = await guardedFetch(target.url, { method: "POST", headers, body: event.bytes }, fetchPolicy);
  return { attemptId, at, ...resultOf(answer, target.token) };
}

const nothingSent = { outcome: "blocked", status: null, latencyMs: 0, responseExcerpt: null, responseType: null };

function originalHeaders(headers: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => name === "content-type" || name === "webhook-id"));
}

function resultOf(answer: GuardedAnswer, token: string | null): Omit<Attempt, "attemptId" | "at"> {
  const { latencyMs } = answer;
  if (answer.outcome === "http") {
    return {
      outcome: String(answer.status),
      status: answer.status,
      latencyMs,
      responseExcerpt: excerpt(answer.body, token),
      responseType: answer.headers["content-type"]?.slice(0, 200) ?? null,
      error: null,
    };
  }
  const error = answer.outcome === "timeout" ? null : answer.reason;
  return { outcome: answer.outcome, status: null, latencyMs, responseExcerpt: null, responseType: null, error };
}

/**
 * The beginning of what a stranger answered, kept as text. An echo of the request must not store the token, nor card
 * data that a receiver adds of its own.
 */
function excerpt(body: Uint8Array, token: string | null): string | null {
  if (body.byteLength === 0) return null;
  const whole = new TextDecoder().decode(body);
  const tokenless = token === null ? whole : whole.replaceAll(token, "[token]");
  const printable = maskText(tokenless).replace(/[^\P{Cc}\t\n]/gu, "\ufffd");
  return printable.slice(0, EXCERPT_BYTES);
}

async function findTarget(
  db: Database,
  config: Config,
  destinationId: string,
): Promise<{ url: string; token: string | null } | null> {
  const { destinations, secrets } = db.tables;
  const [row] = await db.read
    .select({ url: destinations.url, removedAt: destinations.removedAt, sealed: secrets.sealed })
    .from(destinations)
    .leftJoin(secrets, eq(secrets.name, destinations.tokenSecret))
    .where(eq(destinations.destinationId, destinationId));
  if (!row || row.removedAt !== null) return null;
  return { url: row.url, token: row.sealed === null ? null : open(row.sealed, config.encryptionKey) };
}

async function findBody(db: Database, eventId: string) {
  const { events, observations, bodies } = db.tables;
  const [row] = await db.read
    .select({ bytes: bodies.bytes, masked: observations.masked, headers: events.headers })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(eq(events.eventId, eventId));
  return row ?? null;
}
