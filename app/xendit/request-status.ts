import type { Observation } from "./observation.ts";
import { byTime } from "./order.ts";
import { factsOf } from "./read-observation.ts";
import { paymentRank } from "./statuses.ts";

interface KnownPayment {
  readonly paymentId: string;
  readonly status: string;
  readonly observations: readonly Observation[];
}

const WAITING: ReadonlySet<string> = new Set(["REQUIRES_ACTION", "ACCEPTING_PAYMENTS", "PENDING"]);
const DECIDED: ReadonlySet<string> = new Set(["SUCCEEDED", "AUTHORIZED", "FAILED", "CANCELED", "EXPIRED"]);

/** Nothing but a claim or a session names it: "no payment webhook yet". */
export const NOT_HEARD_OF = "UNKNOWN";

/** RULES 5, the first that holds. `words` are observations of the request itself: API answers and its own webhooks. */
export function requestStatus(payments: readonly KnownPayment[], words: readonly Observation[]): string {
  const some = (status: string) => payments.some((payment) => payment.status === status);
  const said = (status: string) => words.some((word) => word.status === status);
  if (some("SUCCEEDED") || said("SUCCEEDED")) return "SUCCEEDED";
  if (some("AUTHORIZED") || words.some((word) => word.status === "AUTHORIZED" && !isOvertaken(word, payments))) {
    return "AUTHORIZED";
  }
  if (some("FAILED") || said("FAILED")) return "FAILED";
  const allCanceled = payments.length > 0 && payments.every((payment) => payment.status === "CANCELED");
  if (said("CANCELED") || allCanceled) return "CANCELED";
  if (some("EXPIRED") || said("EXPIRED")) return "EXPIRED";
  return undecided(payments, words);
}

function undecided(payments: readonly KnownPayment[], words: readonly Observation[]): string {
  const current = payments.flatMap(({ status, observations }) => observations.filter((one) => one.status === status));
  const open = [...current, ...words].filter(({ status }) => status !== null && !DECIDED.has(status));
  const waiting = open.filter(({ status }) => status !== null && WAITING.has(status));
  // Only values we do not know are shown as received; beside a waiting word they say less than it does.
  const [newest] = [...(waiting.length > 0 ? waiting : open)].sort(byTime);
  return newest?.status ?? NOT_HEARD_OF;
}

/**
 * A request's AUTHORIZED is a word about its payment at that time. Once that payment (or, when it names none, every known
 * one) is decided otherwise, the word is old news: an answer polled before a void must not keep the payment held.
 */
function isOvertaken(word: Observation, payments: readonly KnownPayment[]): boolean {
  const named = factsOf(word).ids.latestPayment;
  const about = named === null ? payments : payments.filter((payment) => payment.paymentId === named);
  return about.length > 0 && about.every((payment) => paymentRank(payment.status) > paymentRank("AUTHORIZED"));
}
