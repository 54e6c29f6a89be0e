import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { type GuardedAnswer, guardedFetch } from "~/lib/guarded-fetch.server.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { toIso } from "~/lib/time.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { deliveryHeaders } from "../replays/delivery-headers.ts";
import { answerExcerpt } from "./answer-excerpt.ts";
import { type DeliveryTarget, findTarget } from "./delivery-target.server.ts";
import type { DestinationRefusal } from "./destination.ts";
import { destinationPolicy } from "./destination-policy.server.ts";
import { findDestination } from "./destination-queries.server.ts";

/** How a test delivery ended. Shown once and kept nowhere. */
export interface TestResult {
  /** The HTTP status as text, or timeout, refused, blocked. */
  readonly outcome: string;
  readonly latencyMs: number;
  /** Why nobody was reached, or nothing was sent. */
  readonly reason: string | null;
  /** The beginning of the answer: hostile text. */
  readonly excerpt: string | null;
  readonly contentType: string | null;
  readonly isCut: boolean;
  /** Names of the headers that carry a secret or a signature, as sent. */
  readonly carried: readonly string[];
}

export const TEST_EVENT = "paydesk.test";

interface TestDelivery {
  readonly destinationId: string;
  readonly config: Config;
  /** Scope narrowed to `replays:send`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/**
 * One request with an event that says it is a test, with the headers a replay has. It counts as no delivery and moves neither
 * health nor breaker, and it goes out while the destination is off: that is when one wants to know.
 */
export async function testDelivery(
  db: Database,
  { destinationId, config, operator, now }: TestDelivery,
): Promise<Result<TestResult, DestinationRefusal>> {
  const found = await findDestination(db, operator.scope, destinationId);
  const target = found && (await findTarget(db, config, destinationId, now.getTime()));
  if (!target) return refused("not_found");
  const policy = await destinationPolicy(db, config);
  const attemptId = newId("attempt");
  const event = testEvent(target, { attemptId, now });
  const headers = deliveryHeaders(target, { attemptId, isForward: false, event, now: now.getTime() });
  const answer = await guardedFetch(
    target.url,
    { method: "POST", headers, body: event.bytes },
    { ...policy, timeoutMs: target.timeoutMs },
  );
  const result = { ...resultOf(answer, target), carried: carriedBy(headers) };
  await db.write([
    auditStatement(db, {
      operator,
      action: "destinations:test",
      subject: destinationId,
      detail: { outcome: result.outcome },
      now,
    }),
  ]);
  return ok(result);
}

/** As if it had just arrived: what the headers of a delivery are made from. */
function testEvent({ destinationId }: DeliveryTarget, { attemptId, now }: { attemptId: string; now: Date }) {
  const body = {
    event: TEST_EVENT,
    created: toIso(now.getTime()),
    data: { destination_id: destinationId, message: "A test delivery from Paydesk. It tells of no payment." },
  };
  return {
    eventId: `${TEST_EVENT}-${attemptId}`,
    headers: [],
    firstReceivedAt: now.getTime(),
    bytes: new TextEncoder().encode(JSON.stringify(body)),
  };
}

function carriedBy(headers: Record<string, string>): readonly string[] {
  return ["x-callback-token", "webhook-id", "webhook-signature"].filter((name) => name in headers);
}

function resultOf(answer: GuardedAnswer, target: DeliveryTarget): Omit<TestResult, "carried"> {
  const { latencyMs } = answer;
  if (answer.outcome !== "http") {
    const reason = answer.outcome === "timeout" ? `No answer within ${target.timeoutMs / 1000} s.` : answer.reason;
    return { outcome: answer.outcome, latencyMs, reason, excerpt: null, contentType: null, isCut: false };
  }
  const secrets = [target.token, ...target.signingSecrets].filter((one) => one !== null);
  return {
    outcome: String(answer.status),
    latencyMs,
    reason: null,
    excerpt: answerExcerpt(answer.body, secrets),
    contentType: answer.headers["content-type"]?.slice(0, 200) ?? null,
    isCut: answer.truncated,
  };
}
