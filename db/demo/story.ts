import { makeTokenActivation } from "../../app/xendit/bodies/card-bodies.ts";
import { DEMO_RETURN_URLS } from "./attempt.ts";
import { DAY, DEMO_DAYS, HOUR, shoppingTimes } from "./calendar.ts";
import { makeJourney } from "./journey.ts";
import { LOST_PAYMENTS, lostMoments } from "./lost-webhooks.ts";
import { deliver, type Moment } from "./moment.ts";
import { ODD_PAYMENTS, oddMoments } from "./oddities.ts";
import { createRandom, type Random } from "./random.ts";
import { keepBooks, type SandboxBooks } from "./sandbox-books.ts";
import { makeSavedCard, type SavedCard } from "./shop.ts";

/** About how many tries a session sees, to know how many shoppers to send. */
const TRIES_PER_SESSION = 1.08;

export interface StoryOptions {
  readonly payments: number;
  readonly seed: number;
  readonly now: number;
  readonly businessId: string;
}

export interface Story {
  /** Everything the demo merchant's Paydesk was told in ninety days, in order of arrival: exactly `payments` payment requests. */
  readonly moments: readonly Moment[];
  /** What Xendit's side holds of the same payments, made when it is asked for. */
  readonly books: () => SandboxBooks;
}

/** The same seed and instant tell the same story, byte for byte. What lies in the future has not happened yet. */
export function tellStory(options: StoryOptions): Story {
  const { payments, seed, now, businessId } = options;
  const random = createRandom(seed);
  const cards = Array.from({ length: Math.max(3, Math.round(payments / 7)) }, (_, index) =>
    makeSavedCard(random, index, businessId),
  );
  const withOddities = payments >= 100;
  const moments: Moment[] = withOddities ? [...oddMoments(random, cards, now), ...lostMoments(random, cards, now)] : [];
  const savedAt = new Map<SavedCard, number>();
  let left = payments - (withOddities ? ODD_PAYMENTS + LOST_PAYMENTS : 0);
  while (left > 0) {
    // A few shoppers too few is as likely as too many; whoever is missing comes in another round.
    // In no order: whoever is one too many must not always be the latest.
    for (const at of random.shuffled(shoppingTimes(random, Math.ceil(left / TRIES_PER_SESSION), now))) {
      if (left === 0) break;
      const saved = regular(random, cards);
      const journey = makeJourney(random, saved, at, left);
      left -= journey.payments;
      moments.push(...journey.moments);
      savedAt.set(saved, Math.min(savedAt.get(saved) ?? at, at));
    }
  }
  for (const saved of cards) moments.push(...savedBefore(random, saved, savedAt.get(saved) ?? now - 61 * DAY, now));
  const inOrder = moments.sort((a, b) => a.at - b.at);
  return {
    moments: inOrder.filter((moment) => moment.at <= now && !moment.untold),
    books: () => keepBooks(inOrder, cards, now),
  };
}

/** A few shoppers come back often, most now and then. */
function regular(random: Random, cards: readonly SavedCard[]): SavedCard {
  const index = Math.floor(random.next() ** 1.6 * cards.length);
  return cards[index] ?? random.pick(cards);
}

/** The card was saved before it was first used, some time within the period shown. */
function savedBefore(random: Random, saved: SavedCard, firstUse: number, now: number): readonly Moment[] {
  const wanted = firstUse - random.int(1, 20 * 24) * HOUR;
  const at = Math.max(wanted, now - DEMO_DAYS * DAY, firstUse - 20 * DAY) - random.int(1, 3_600) * 1_000;
  const activation = makeTokenActivation({
    businessId: saved.businessId,
    paymentTokenId: saved.paymentTokenId,
    referenceId: saved.savedAs,
    customerId: saved.customerId,
    country: saved.market.country,
    currency: saved.market.currency,
    status: "ACTIVE",
    card: saved.card,
    successReturnUrl: DEMO_RETURN_URLS.success,
    failureReturnUrl: DEMO_RETURN_URLS.failure,
    authorization: null,
    authentication: null,
    createdAt: at,
    updatedAt: at + 2_000,
  });
  return deliver(random, activation, at + 3_000);
}
