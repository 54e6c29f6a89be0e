import { eq, sql } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { type FetchPolicy, type GuardedAnswer, guardedFetch } from "~/lib/guarded-fetch.server.ts";
import { newId } from "~/lib/ids.ts";
import { maskText } from "~/xendit/mask.ts";
import type { DeliveryTarget } from "../destinations/delivery-target.server.ts";
import { deliveryHeaders } from "./delivery-headers.ts";
import type { DueDelivery } from "./due-deliveries.server.ts";
import type { AttemptResult, LeftOutReason } from "./replay.ts";
import { retryAfterMs } from "./retry.ts";

export interface Attempt extends AttemptResult {
  readonly attemptId: string;
  readonly at: number;
  readonly responseExcerpt: string | null;
  readonly responseType: string | null;
  readonly error: string | null;
}

/** What became of a delivery's turn. What is left out was not sent: its destination does not take it any more. */
export type Turn =
  | { readonly attempt: Attempt; readonly retryAfterMs: number | null }
  | { readonly leftOut: LeftOutReason };

interface Send {
  readonly delivery: DueDelivery;
  /** `null`: it was removed. */
  readonly target: DeliveryTarget | null;
  readonly policy: FetchPolicy;
  readonly now: () => number;
}

const EXCERPT_BYTES = 2_048;

/** One HTTP try with the stored bytes as they are, if its destination still takes them. */
export async function sendAttempt(db: Database, { delivery, target, policy, now }: Send): Promise<Turn> {
  const attemptId = newId("attempt");
  const at = now();
  const blocked = (error: string): Turn => ({ attempt: { attemptId, at, ...nothingSent, error }, retryAfterMs: null });
  if (!target) return blocked("The destination was removed.");
  const event = await findSent(db, delivery.eventId);
  if (!event) return blocked("The webhook is no longer stored.");
  const leftOut = leftOutNow(target, delivery, event);
  if (leftOut) return { leftOut };

  const isForward = delivery.kind === "forward";
  const headers = deliveryHeaders(target, { attemptId, isForward, event, now: at });
  const fetchPolicy = { ...policy, timeoutMs: target.timeoutMs };
  const answer = await guardedFetch(target.url, { method: "POST", headers, body: event.bytes }, fetchPolicy);
  const retryAfter = answer.outcome === "http" ? retryAfterMs(answer.headers["retry-after"], now()) : null;
  return { attempt: { attemptId, at, ...resultOf(answer, target) }, retryAfterMs: retryAfter };
}

const nothingSent = { outcome: "blocked", status: null, latencyMs: 0, responseExcerpt: null, responseType: null };

/** Settings, the maker's reach and the webhook itself may have changed since the plan. */
function leftOutNow(target: DeliveryTarget, delivery: DueDelivery, event: SentEvent): LeftOutReason | null {
  const { environments, businessIds, eventTypes } = target;
  if (!environments.includes(delivery.environment))
    return delivery.environment === "live" ? "not_for_live" : "environment_not_taken";
  if (event.expungedAt !== null) return "expunged";
  if (event.masked) return "masked";
  if (businessIds !== null && !businessIds.includes(event.businessId ?? "")) return "other_business";
  return eventTypes !== null && !eventTypes.includes(event.eventType) ? "type_not_taken" : null;
}

function resultOf(answer: GuardedAnswer, secrets: DeliveryTarget): Omit<Attempt, "attemptId" | "at"> {
  const { latencyMs } = answer;
  if (answer.outcome === "http") {
    return {
      outcome: String(answer.status),
      status: answer.status,
      latencyMs,
      responseExcerpt: excerpt(answer.body, secrets),
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
function excerpt(body: Uint8Array, { token, signingSecrets }: DeliveryTarget): string | null {
  if (body.byteLength === 0) return null;
  const secrets = [...(token === null ? [] : [token]), ...signingSecrets];
  const bare = secrets.reduce(
    (text, secret) => text.replaceAll(secret, secret === token ? "[token]" : "[secret]"),
    new TextDecoder().decode(body),
  );
  const printable = maskText(bare).replace(/[^\P{Cc}\t\n]/gu, "\ufffd");
  return printable.slice(0, EXCERPT_BYTES);
}

type SentEvent = NonNullable<Awaited<ReturnType<typeof findSent>>>;

async function findSent(db: Database, eventId: string) {
  const query = db.prepared("sent-event", (read, { events, observations, bodies }) =>
    read
      .select({
        eventId: events.eventId,
        eventType: events.eventType,
        businessId: events.businessId,
        firstReceivedAt: events.firstReceivedAt,
        expungedAt: events.expungedAt,
        headers: events.headers,
        masked: observations.masked,
        bytes: bodies.bytes,
      })
      .from(events)
      .innerJoin(observations, eq(observations.observationId, events.observationId))
      .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
      .where(eq(events.eventId, sql.placeholder("eventId")))
      .prepare(),
  );
  const [row] = await query.execute({ eventId });
  return row ?? null;
}
