import { and, count, eq, notExists } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { ok, type Result, refused } from "../../lib/result.ts";
import type { Scope } from "../../lib/scope.ts";
import { MINUTE, SECOND } from "../../lib/time.ts";
import type { Exchange } from "../../xendit/exchange.ts";
import { stepStatement } from "./session-steps.server.ts";

const id = (prefix: RegExp) => z.string().max(80).regex(prefix);

/**
 * What the CVN page may tell us: the payment request (or, when a card was saved, the token) the browser got, and whether
 * 3-D Secure follows. Strict, so that a body with anything else in it (a CVN above all) is refused before it is looked at.
 */
export const HandBack = z
  .strictObject({
    payment_request_id: id(/^pr-[A-Za-z0-9-]+$/).optional(),
    payment_token_id: id(/^(pt|ptkn)-[A-Za-z0-9-]+$/).optional(),
    challenge: z.boolean().optional(),
  })
  .refine((claim) => claim.payment_request_id !== undefined || claim.payment_token_id !== undefined);
export type HandBack = z.output<typeof HandBack>;

export type HandBackRefusal = "absent" | "already" | "belongs_elsewhere" | "too_late" | "too_many";

export const handBackRefusalText: Record<HandBackRefusal, string> = {
  absent: "There is no test session of yours under this id.",
  already: "This payment request has been handed back before.",
  belongs_elsewhere: "This payment request belongs to another session.",
  too_late: "The session expired too long ago for a payment request to be handed back.",
  too_many: "Too many tries for one session.",
};

const MAX_TRIES = 20;
/** A CVN sent in the session's last second may be answered after it. */
const GRACE = 5 * MINUTE;

export interface HandBackOptions {
  /** Where, and for which businesses, the operator may start sessions. */
  readonly scope: Scope;
  readonly paymentSessionId: string;
  readonly operatorId: string;
  readonly now: Date;
}

/**
 * Keeps the browser's word that a session got a payment request: a claim, until a webhook or an API answer says the same
 * (RULES 1). Only the operator who started the session may say it, once per payment request.
 */
export async function handBack(
  db: Database,
  claim: HandBack,
  options: HandBackOptions,
): Promise<Result<{ environment: Environment }, HandBackRefusal>> {
  const { paymentSessionId, now } = options;
  const session = await findOwn(db, options);
  if (!session) return refused("absent");
  const { environment } = session;
  if (session.expiresAt !== null && now.getTime() > session.expiresAt + GRACE) return refused("too_late");
  if (await belongsElsewhere(db, { environment, claim, ...options })) return refused("belongs_elsewhere");
  const tries = await countTries(db, environment, paymentSessionId);
  if (tries >= MAX_TRIES) return refused("too_many");

  const at = now.getTime();
  // The claim first: it is safe to repeat, and a story without its claim would not be.
  await keepClaim(db, { environment, paymentSessionId, claim, at });
  const written = await db.write(storyOf(db, { environment, paymentSessionId, claim, at }));
  return written.ok ? ok({ environment }) : refused("already");
}

async function findOwn(db: Database, { scope, paymentSessionId, operatorId }: HandBackOptions) {
  const { testSessions } = db.tables;
  const rows = await db.read
    .select({ environment: testSessions.environment, expiresAt: testSessions.expiresAt })
    .from(testSessions)
    .where(and(eq(testSessions.paymentSessionId, paymentSessionId), eq(testSessions.operatorId, operatorId)));
  return rows.find((row) => scope.environments.includes(row.environment));
}

/** A saved card ties no payment to the session, so only a payment request is a claim. */
async function keepClaim(db: Database, { environment, paymentSessionId, claim, at }: Story): Promise<void> {
  const { payment_request_id } = claim;
  if (payment_request_id === undefined) return;
  const body = JSON.stringify({ payment_session_id: paymentSessionId, payment_request_id });
  const bytes = new TextEncoder().encode(body);
  await db.observe({ environment, source: "claim", subject: "payment_request", bytes, receivedAt: at });
}

interface Claimed {
  readonly environment: Environment;
  readonly paymentSessionId: string;
  readonly scope: Scope;
  readonly claim: HandBack;
}

/**
 * Whether the payment request is known to be another session's or another business's. A claim on it would show the
 * operator a payment outside their scope, so both are refused in the same words.
 */
async function belongsElsewhere(db: Database, { environment, paymentSessionId, scope, claim }: Claimed) {
  if (claim.payment_request_id === undefined) return false;
  const { paymentRequests, sessions } = db.tables;
  const [row] = await db.read
    .select({ sessionId: paymentRequests.paymentSessionId, businessId: paymentRequests.businessId })
    .from(paymentRequests)
    .where(
      and(eq(paymentRequests.environment, environment), eq(paymentRequests.paymentRequestId, claim.payment_request_id)),
    );
  if (row === undefined) return false;
  if (row.sessionId !== null && row.sessionId !== paymentSessionId) return true;
  // Until a webhook or an answer tells its business, an earlier claim of this very session has none.
  if (row.businessId === null) return scope.businessIds !== null && row.sessionId === null;
  if (scope.businessIds !== null && !scope.businessIds.includes(row.businessId)) return true;
  const [session] = await db.read
    .select({ businessId: sessions.businessId })
    .from(sessions)
    .where(and(eq(sessions.environment, environment), eq(sessions.paymentSessionId, paymentSessionId)));
  return session !== undefined && session.businessId !== null && session.businessId !== row.businessId;
}

async function countTries(db: Database, environment: Environment, paymentSessionId: string): Promise<number> {
  const { testSessionSteps: steps } = db.tables;
  const [row] = await db.read
    .select({ tries: count() })
    .from(steps)
    .where(
      and(eq(steps.environment, environment), eq(steps.paymentSessionId, paymentSessionId), eq(steps.step, "cvn")),
    );
  return Number(row?.tries ?? 0);
}

interface Story {
  readonly environment: Environment;
  readonly paymentSessionId: string;
  readonly claim: HandBack;
  readonly at: number;
}

/** The guard is in the `where`: of two hand-backs of one payment request at once, only one is written. */
function storyOf(db: Database, { environment, paymentSessionId, claim, at }: Story) {
  const { testSessions, testSessionSteps: steps } = db.tables;
  const outcome = claim.payment_request_id ?? claim.payment_token_id ?? "";
  const told = db.read
    .select({ stepId: steps.stepId })
    .from(steps)
    .where(
      and(
        eq(steps.environment, environment),
        eq(steps.paymentSessionId, paymentSessionId),
        eq(steps.step, "cvn"),
        eq(steps.outcome, outcome),
      ),
    );
  const guarded = db.read
    .update(testSessions)
    .set({ pollAt: at + 2 * SECOND, polls: 0 })
    .where(
      and(
        eq(testSessions.environment, environment),
        eq(testSessions.paymentSessionId, paymentSessionId),
        notExists(told),
      ),
    );
  const known = { environment, paymentSessionId, at };
  const threeDs = claim.challenge === undefined ? [] : [claim.challenge ? "challenge" : "not_asked"];
  return [
    { query: guarded, rows: 1 },
    stepStatement(db, { ...known, step: "cvn", outcome, exchange: browserExchange(paymentSessionId, claim) }),
    ...threeDs.map((word) => stepStatement(db, { ...known, step: "three_ds", outcome: word })),
  ];
}

/** The call was the browser's: what we know of it is what it handed back. */
function browserExchange(paymentSessionId: string, claim: HandBack): Exchange {
  return {
    method: "POST",
    path: "/v3/payment_with_session",
    request: {
      payment_session_id: paymentSessionId,
      cvn: "(went from the browser straight to Xendit; never seen here)",
    },
    status: 200,
    response: { ...claim },
    requestId: null,
    latencyMs: 0,
  };
}
