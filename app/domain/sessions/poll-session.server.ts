import { and, eq } from "drizzle-orm";
import type { Database, OtherObservation } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { MINUTE, SECOND } from "../../lib/time.ts";
import type { ApiAnswer, XenditClient } from "../../xendit/api-client.server.ts";
import type { Exchange } from "../../xendit/exchange.ts";
import { stepStatement } from "./session-steps.server.ts";
import { xenditFor } from "./xendit-for.server.ts";

export interface DueSession {
  readonly environment: Environment;
  readonly paymentSessionId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly polls: number;
  /** When it was to be looked at. A hand-back or a return moves it, and then this look is not ours to make any more. */
  readonly pollAt: number;
}

export interface PollOptions {
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly now: number;
}

/** The first look after the expiry comes a little later, so that Xendit has noticed it too. */
const AFTER_EXPIRY = 5 * SECOND;
/** A session that was open at its expiry is asked after this long once more, then given up. */
const GIVE_UP = 2 * MINUTE;
/** A session has few tries; more than this is somebody playing. */
const MAX_REQUESTS = 5;

/** One look at one session: keeps what Xendit answers, and stops once the end is known. */
export async function pollSession(db: Database, due: DueSession, { config, signal, now }: PollOptions): Promise<void> {
  if (await endIsKnown(db, due)) return stopPolling(db, due);
  const access = await xenditFor(db, config, due.environment);
  if (!access) return stopPolling(db, due);
  // Taken before the calls: a process that dies meanwhile does not hammer Xendit when it comes back.
  const pollAt = nextPollAt(due, now);
  if (!(await schedule(db, due, pollAt))) return;
  await ask(db, due, access.client, signal);
  if (pollAt !== null && (await endIsKnown(db, due))) await stopPolling(db, { ...due, pollAt });
}

/** 2, 4, 8 … seconds apart; the last looks are right after the expiry. `null` when there is nothing left to wait for. */
export function nextPollAt(due: Pick<DueSession, "polls" | "expiresAt">, now: number): number | null {
  if (now >= due.expiresAt + GIVE_UP) return null;
  const next = now + 2 ** (due.polls + 2) * SECOND;
  if (now < due.expiresAt) return Math.min(next, due.expiresAt + AFTER_EXPIRY);
  return due.expiresAt + GIVE_UP;
}

async function ask(db: Database, due: DueSession, client: XenditClient, signal: AbortSignal): Promise<void> {
  const session = await client.getSession(due.paymentSessionId, { signal });
  await keep(db, due, "session", session);
  const named = session.ok ? session.body.paymentRequestId : null;
  for (const id of await openRequests(db, due, named)) {
    const request = await client.getPaymentRequest(id, { signal });
    await keep(db, due, "payment_request", request);
    if (!request.ok || request.body.latestPaymentId === null) continue;
    await keep(db, due, "payment", await client.getPayment(request.body.latestPaymentId, { signal }));
  }
}

/** An answer that tells nothing new leaves no line in the story. */
async function keep(
  db: Database,
  due: DueSession,
  subject: OtherObservation["subject"],
  answer: ApiAnswer<{ readonly status: string | null }>,
): Promise<void> {
  if (!answer.ok) {
    if (answer.error.kind !== "aborted") await tell(db, due, `${subject}_unread`, answer.exchange);
    return;
  }
  const { environment } = due;
  const receivedAt = Date.now();
  const kept = await db.observe({ environment, source: "api", subject, bytes: answer.bytes, receivedAt });
  if (kept.observed === "new") await tell(db, due, `${subject}:${answer.body.status ?? ""}`, answer.exchange);
}

async function tell(db: Database, due: DueSession, outcome: string, exchange: Exchange): Promise<void> {
  const { environment, paymentSessionId } = due;
  await db.write([
    stepStatement(db, { environment, paymentSessionId, step: "check", at: Date.now(), outcome, exchange }),
  ]);
}

const ENDED_SESSION = new Set(["COMPLETED", "CANCELED", "EXPIRED"]);
const ENDED_REQUEST = new Set(["SUCCEEDED", "AUTHORIZED", "FAILED", "CANCELED", "EXPIRED"]);

/** The end is known when the session is over and so is every payment request that it is known to have. */
async function endIsKnown(db: Database, due: DueSession): Promise<boolean> {
  const { sessions } = db.tables;
  const [session] = await db.read
    .select({ status: sessions.status, sessionType: sessions.sessionType })
    .from(sessions)
    .where(and(eq(sessions.environment, due.environment), eq(sessions.paymentSessionId, due.paymentSessionId)));
  if (!session || !ENDED_SESSION.has(session.status)) return false;
  const requests = await linkedRequests(db, due);
  if (session.status === "COMPLETED" && session.sessionType === "PAY" && requests.length === 0) return false;
  return requests.every((request) => ENDED_REQUEST.has(request.status));
}

async function openRequests(db: Database, due: DueSession, named: string | null): Promise<readonly string[]> {
  const known = await linkedRequests(db, due);
  const open = known.filter((request) => !ENDED_REQUEST.has(request.status)).map((request) => request.id);
  const isNew = named !== null && !known.some((request) => request.id === named);
  return (isNew ? [...open, named] : open).slice(0, MAX_REQUESTS);
}

async function linkedRequests(db: Database, { environment, paymentSessionId }: DueSession) {
  const { paymentRequests } = db.tables;
  return db.read
    .select({ id: paymentRequests.paymentRequestId, status: paymentRequests.status })
    .from(paymentRequests)
    .where(and(eq(paymentRequests.environment, environment), eq(paymentRequests.paymentSessionId, paymentSessionId)));
}

/** False when somebody else moved it meanwhile: a hand-back starts the row of polls again. */
async function schedule(db: Database, due: DueSession, pollAt: number | null): Promise<boolean> {
  const { testSessions } = db.tables;
  const query = db.read
    .update(testSessions)
    .set({ pollAt, polls: due.polls + 1 })
    .where(unmoved(db, due));
  return (await db.write([{ query, rows: 1 }])).ok;
}

/** What somebody moved meanwhile goes on: a hand-back after the last look has a payment of its own to hear of. */
async function stopPolling(db: Database, due: DueSession): Promise<void> {
  const query = db.read.update(db.tables.testSessions).set({ pollAt: null }).where(unmoved(db, due));
  await db.write([{ query, rows: "any" }]);
}

/** By the time it was to be looked at, not by the count of polls: a hand-back sets that to 0, which it may be already. */
function unmoved(db: Database, { environment, paymentSessionId, pollAt }: DueSession) {
  const { testSessions } = db.tables;
  return and(
    eq(testSessions.environment, environment),
    eq(testSessions.paymentSessionId, paymentSessionId),
    eq(testSessions.pollAt, pollAt),
  );
}
