import type { Observation } from "./observation.ts";
import { byTime } from "./order.ts";

/** Rank of a value none of the tables know: shown as received, above waiting, below anything decided. */
const UNKNOWN_RANK = 2;

/** RULES 5: the highest wins and time never demotes. */
const paymentRanks: Readonly<Record<string, number>> = {
  SUCCEEDED: 7,
  CANCELED: 6,
  EXPIRED: 5,
  FAILED: 4,
  AUTHORIZED: 3,
  PENDING: 1,
};

const sessionRanks: Readonly<Record<string, number>> = {
  COMPLETED: 5,
  CANCELED: 4,
  EXPIRED: 3,
  ACTIVE: 1,
  PENDING: 1,
};

/** Refunds spell it CANCELLED; the payments' spelling is taken as the same word. */
const refundRanks: Readonly<Record<string, number>> = {
  SUCCEEDED: 4,
  FAILED: 3,
  CANCELLED: 3,
  CANCELED: 3,
  PENDING: 1,
};

const disputeRanks: Readonly<Record<string, number>> = { LOST: 5, WON: 5, UNDER_REVIEW: 4, ACTION_REQUIRED: 3 };

export const paymentRank = (status: string) => rankIn(paymentRanks, status);

export const paymentStatus = (observations: readonly Observation[]) => highest(paymentRanks, observations);
export const sessionStatus = (observations: readonly Observation[]) => highest(sessionRanks, observations);
export const refundStatus = (observations: readonly Observation[]) => highest(refundRanks, observations);

/** A dispute moves back and forth: its latest word holds, and rank decides only between words of one time. */
export function disputeStatus(observations: readonly Observation[]): string | null {
  const told = observations.filter((observation) => observation.status !== null);
  const [newest] = [...told].sort(byTime);
  return newest
    ? highest(
        disputeRanks,
        told.filter(({ time }) => time === newest.time),
      )
    : null;
}

function highest(ranks: Readonly<Record<string, number>>, observations: readonly Observation[]): string | null {
  const rank = ({ status }: Observation) => (status === null ? 0 : rankIn(ranks, status));
  const [best] = [...observations].sort((a, b) => rank(b) - rank(a) || byTime(a, b));
  return best?.status ?? null;
}

function rankIn(ranks: Readonly<Record<string, number>>, status: string): number {
  return Object.hasOwn(ranks, status) ? (ranks[status] ?? UNKNOWN_RANK) : UNKNOWN_RANK;
}
