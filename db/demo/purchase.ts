import { makeSessionAnswer, makeSessionCompleted, type SessionFacts } from "../../app/xendit/bodies/session-bodies.ts";
import { type Tried, tryPayment } from "./attempt.ts";
import { SECOND } from "./calendar.ts";
import { openSession } from "./journey.ts";
import { answer, type Moment, sent } from "./moment.ts";
import type { Random } from "./random.ts";
import type { SavedCard } from "./shop.ts";

/** What a purchase has to be, when it matters; otherwise as chance has it. */
export interface Wish {
  readonly flow?: "CHALLENGE" | "FRICTIONLESS";
  readonly captureMethod?: "AUTOMATIC" | "MANUAL";
}

export interface Purchase extends Tried {
  readonly session: SessionFacts;
  /** The session as its creation answered. */
  readonly opened: Moment;
  /** The session's own webhook. */
  readonly completed: Moment;
}

/** One approved one-click payment with its session: the material that oddities are made of. */
export function buy(random: Random, saved: SavedCard, at: number, wish: Wish = {}): Purchase {
  const session = openSession(random, saved, at);
  const tried = pay(random, saved, session, at + random.int(10, 60) * SECOND, wish);
  return {
    ...tried,
    session,
    opened: answer("session", makeSessionAnswer(session), at + random.int(120, 600)),
    completed: completion(random, session, tried),
  };
}

/** A payment of the session that was approved, tried as often as that takes. */
export function pay(random: Random, saved: SavedCard, session: SessionFacts, at: number, wish: Wish = {}): Tried {
  const { captureMethod = "AUTOMATIC" } = wish;
  for (;;) {
    const tried = tryPayment(random, {
      saved,
      paymentSessionId: session.paymentSessionId,
      sessionReference: session.referenceId,
      amount: session.amount,
      captureMethod,
      at,
    });
    if (tried.end !== "approved" || (wish.flow && tried.facts.authentication?.flow !== wish.flow)) continue;
    if (captureMethod === "MANUAL") return tried;
    const captures = [{ captureId: `cptr-${random.uuid()}`, amount: session.amount, capturedAt: tried.endedAt }];
    return { ...tried, facts: { ...tried.facts, captures } };
  }
}

export function completion(random: Random, session: SessionFacts, { facts, endedAt }: Tried): Moment {
  const done = makeSessionCompleted({
    ...session,
    updatedAt: endedAt + random.int(20, 300),
    paymentRequestId: facts.paymentRequestId,
    paymentId: facts.paymentId,
    paymentTokenId: session.cardPaymentTokenId,
  });
  return sent(done, endedAt + random.int(900, 2_400), random.uuid());
}
