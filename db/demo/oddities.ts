import { makeTokenFailure } from "../../app/xendit/bodies/card-bodies.ts";
import { jsonText } from "../../app/xendit/bodies/json.ts";
import { makePaymentAuthorization, makePaymentCapture } from "../../app/xendit/bodies/payment-bodies.ts";
import { makeSessionAnswer, makeSessionExpired } from "../../app/xendit/bodies/session-bodies.ts";
import { DEMO_RETURN_URLS } from "./attempt.ts";
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import { openSession } from "./journey.ts";
import { answer, type Moment, sent, told } from "./moment.ts";
import { makeInvoicePaid, makeQrPaid, makeVirtualAccountPaid } from "./other-bodies.ts";
import { buy, completion, pay } from "./purchase.ts";
import type { Random } from "./random.ts";
import { makeAmount, type SavedCard } from "./shop.ts";

/** How many payment requests the oddities below make. */
export const ODD_PAYMENTS = 7;

type MakeOddity = (random: Random, saved: SavedCard, at: number) => readonly Moment[];

/** Each with how long ago it happened. */
const oddities: readonly (readonly [make: MakeOddity, age: number])[] = [
  [variant, 60 * DAY],
  [conflict, 9 * DAY],
  [paidTwice, 16 * DAY],
  [paidAfterExpiry, 5 * DAY],
  [held, 2 * DAY],
  [held, 20 * HOUR],
  [notUnderstood, 2 * DAY],
];

/** One of each thing that reality has and no rule should hide: seen on the first look round the demo. */
export function oddMoments(random: Random, cards: readonly SavedCard[], now: number): readonly Moment[] {
  return [
    ...oddities.flatMap(([make, age]) => make(random, random.pick(cards), now - age)),
    ...otherProducts(random, now),
  ];
}

/** Xendit drops the authentication value after 45 days: the same event again, one field shorter. */
function variant(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { opened, completed, facts, endedAt } = buy(random, saved, at, { flow: "CHALLENGE" });
  const shorter = {
    ...facts,
    authentication: facts.authentication && { ...facts.authentication, authenticationValue: null },
  };
  const webhookId = random.uuid();
  return [
    opened,
    sent(makePaymentCapture(facts), endedAt + 800, webhookId),
    completed,
    sent(makePaymentCapture(shorter), endedAt + 46 * DAY, webhookId),
  ];
}

/** The same event with another amount: both are kept, and a person has to look. */
function conflict(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { opened, completed, facts, endedAt } = buy(random, saved, at);
  const other = {
    ...facts,
    captures: (facts.captures ?? []).map((capture) => ({ ...capture, amount: makeAmount(random, saved.market) })),
  };
  const webhookId = random.uuid();
  return [
    opened,
    sent(makePaymentCapture(facts), endedAt + 700, webhookId),
    completed,
    sent(makePaymentCapture(other), endedAt + HOUR, webhookId),
  ];
}

/** One session, two paid requests: both are counted, and flagged. */
function paidTwice(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const session = openSession(random, saved, at);
  const first = pay(random, saved, session, at + 40_000);
  const second = pay(random, saved, session, at + 4 * MINUTE);
  const ids = { paymentRequestId: second.facts.paymentRequestId, paymentId: second.facts.paymentId };
  const asked = makeSessionAnswer({ ...session, ...ids, status: "COMPLETED", updatedAt: second.endedAt });
  return [
    answer("session", makeSessionAnswer(session), at),
    sent(makePaymentCapture(first.facts), first.endedAt + 800, random.uuid()),
    completion(random, session, first),
    sent(makePaymentCapture(second.facts), second.endedAt + 800, random.uuid()),
    answer("session", asked, second.endedAt + 2_000),
  ];
}

/** The session lapsed, then the channel said yes after all. */
function paidAfterExpiry(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const session = openSession(random, saved, at);
  const { facts, endedAt } = pay(random, saved, session, session.expiresAt + 3 * HOUR);
  const ids = { paymentRequestId: facts.paymentRequestId, paymentId: facts.paymentId };
  const known = answer("session", makeSessionAnswer({ ...session, ...ids }), at + 20_000);
  const lapsed = makeSessionExpired({ ...session, updatedAt: session.expiresAt });
  const late = makePaymentCapture({ ...facts, createdAt: at + 15_000 });
  return [known, sent(lapsed, session.expiresAt + 500, random.uuid()), sent(late, endedAt + 800, random.uuid())];
}

/** Money held and not captured yet: somebody has to decide within seven days. */
function held(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { opened, completed, facts, endedAt } = buy(random, saved, at);
  const authorized = makePaymentAuthorization({ ...facts, captureMethod: "MANUAL" });
  return [opened, sent(authorized, endedAt + 800, random.uuid()), completed];
}

/** Arrived with the right token, kept, and not understood: an id is missing, the text is cut, an event is new. */
function notUnderstood(random: Random, saved: SavedCard, at: number): readonly Moment[] {
  const { facts, endedAt } = buy(random, saved, at);
  const capture = makePaymentCapture(facts);
  const { payment_id: _, payment_request_id: __, ...nameless } = capture.data;
  const tokenless = makeTokenFailure({
    ...facts,
    paymentTokenId: `pt-${random.uuid()}`,
    status: "FAILED",
    failureCode: "CARD_DECLINED",
    card: saved.card,
    successReturnUrl: DEMO_RETURN_URLS.success,
    failureReturnUrl: DEMO_RETURN_URLS.failure,
    authorization: null,
    authentication: null,
  });
  const cut: Moment = { kind: "webhook", at: at + HOUR, webhookId: null, text: jsonText(capture.data).slice(0, 180) };
  return [
    sent({ ...capture, data: nameless }, endedAt + 800, random.uuid()),
    cut,
    sent(
      { ...capture, event: "card.account_updater", data: { id: random.uuid(), channel_code: "CARDS" } },
      at + 2 * HOUR,
      random.uuid(),
    ),
    sent(tokenless, at + 3 * HOUR, random.uuid()),
  ];
}

/** Other products share the receiver in practice; their bodies are stored and named. */
function otherProducts(random: Random, now: number): readonly Moment[] {
  const makers = [makeVirtualAccountPaid, makeInvoicePaid, makeQrPaid];
  return Array.from({ length: 18 }, () => {
    const at = now - random.int(1, 88 * 24) * HOUR;
    const body = random.pick(makers)({ id: random.uuid(), amount: random.int(20, 900) * 1_000, at });
    return told(random, body, at);
  });
}
