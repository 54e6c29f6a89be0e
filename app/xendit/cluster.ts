import type { Observation, StateReason } from "./observation.ts";
import { byPrecedence } from "./order.ts";
import type { EventState } from "./projection.ts";
import { factsOf } from "./read-observation.ts";

export interface MemberState {
  readonly state: EventState;
  readonly reason: StateReason | null;
  readonly paymentRequestId: string | null;
}

/** A connected set of observations, sorted out: which take part in the fold, and which payment request each is about. */
export interface Cluster {
  /** Distinct observations that take part, in order of precedence. */
  readonly taking: readonly Observation[];
  readonly requestOf: (observation: Observation) => string | null;
  /** Whether a request may have a row: false when all that is known of it is a payment that is not by card. */
  readonly isShown: (paymentRequestId: string) => boolean;
  readonly states: readonly MemberState[];
  readonly marked: readonly { readonly observation: Observation; readonly mark: "conflict" | "masked" }[];
}

export function readCluster(members: readonly Observation[]): Cluster {
  const usable = distinct(members).filter((observation) => observation.verdict.state !== "quarantined");
  const requestOf = requestFinder(usable);
  const cards = knownCardRequests(usable, requestOf);
  const state = (observation: Observation) => linkedState(observation, requestOf(observation), cards);
  const contradicting = contradictingKeys(members);
  const isConflict = ({ dedupeKey }: Observation) => dedupeKey !== null && contradicting.has(dedupeKey);
  const otherwise = new Set(usable.filter(isPaymentWord).map(requestOf));
  return {
    taking: usable.filter((observation) => state(observation).state === "processed"),
    requestOf,
    isShown: (id) => cards.has(id) || !otherwise.has(id),
    states: members.map((observation) => {
      const alone = state(observation);
      // Quarantined stays quarantined: it cannot take part, and a masked body must never be sent on.
      const conflict = isConflict(observation) && alone.state !== "quarantined";
      const own = { ...alone, paymentRequestId: requestOf(observation) ?? observation.paymentRequestId };
      return conflict ? { ...own, state: "conflict" as const, reason: null } : own;
    }),
    marked: distinct(members).flatMap((observation) => [
      ...(isConflict(observation) ? [{ observation, mark: "conflict" as const }] : []),
      ...(observation.masked ? [{ observation, mark: "masked" as const }] : []),
    ]),
  };
}

/** Keys under which two events contradict each other in a material value (RULES 3). */
function contradictingKeys(members: readonly Observation[]): ReadonlySet<string> {
  const seen = new Map<string, Map<string, string>>();
  const contradicting = new Set<string>();
  for (const { dedupeKey, material } of members) {
    if (dedupeKey === null) continue;
    const values = seen.get(dedupeKey) ?? new Map<string, string>();
    seen.set(dedupeKey, values);
    for (const [name, value] of Object.entries(material)) {
      if ((values.get(name) ?? value) !== value) contradicting.add(dedupeKey);
      values.set(name, value);
    }
  }
  return contradicting;
}

/** The same content from the same source adds nothing, however often it is there. */
function distinct(members: readonly Observation[]): readonly Observation[] {
  const identity = ({ source, subject, masked, contentDigest, dedupeKey }: Observation) =>
    [source, subject, masked, contentDigest, dedupeKey].join("\n");
  return [...new Map(members.map((observation) => [identity(observation), observation])).values()].sort(byPrecedence);
}

/**
 * Finds the payment request an observation is about. Where observations of one payment, refund or dispute name different
 * requests, all follow the first in order of precedence, so that each has one row; the contradiction shows in the values.
 */
function requestFinder(usable: readonly Observation[]): (observation: Observation) => string | null {
  const payments = new Map<string, string>();
  // A payment's own word comes before what others say of it in passing.
  for (const observation of [...usable.filter(({ kind }) => kind === "payment"), ...usable]) {
    const { payment, latestPayment } = factsOf(observation).ids;
    remember(payments, payment ?? latestPayment, linkedRequest(observation));
  }
  const named = (observation: Observation) => {
    const { payment } = factsOf(observation).ids;
    const owner = payment === null ? null : (payments.get(payment) ?? null);
    const own = linkedRequest(observation);
    return observation.kind === "payment" ? (owner ?? own) : (own ?? owner);
  };
  const related = new Map<string, string>();
  for (const observation of usable) remember(related, relatedId(observation), named(observation));
  return (observation) => related.get(relatedId(observation) ?? "") ?? named(observation);
}

function remember(owners: Map<string, string>, id: string | null, paymentRequestId: string | null): void {
  if (id !== null && paymentRequestId !== null && !owners.has(id)) owners.set(id, paymentRequestId);
}

/** A request that is no link (a reusable code's) is none: what else is known of it is not in this set. */
function linkedRequest(observation: Observation): string | null {
  const { paymentRequest } = factsOf(observation).ids;
  return paymentRequest !== null && observation.links.includes(paymentRequest) ? paymentRequest : null;
}

function relatedId(observation: Observation): string | null {
  const { refund, dispute } = factsOf(observation).ids;
  if (observation.kind === "refund") return refund;
  return observation.kind === "dispute" ? dispute : null;
}

/** By a card payment's own word, by the hand-back of a CVN step, or by the session that only takes cards. */
function knownCardRequests(
  usable: readonly Observation[],
  requestOf: (observation: Observation) => string | null,
): ReadonlySet<string> {
  const cards = usable.filter((observation) => {
    if (observation.kind === "session") return factsOf(observation).values.mode === "CARDS_SESSION_JS";
    const names = observation.kind === "payment" || observation.kind === "payment_request";
    return names && observation.verdict.state === "processed";
  });
  return new Set(cards.map(requestOf).filter((id) => id !== null));
}

function linkedState(
  { verdict }: Observation,
  paymentRequestId: string | null,
  cards: ReadonlySet<string>,
): Pick<MemberState, "state" | "reason"> {
  const linked = verdict.needsLink && paymentRequestId !== null && cards.has(paymentRequestId);
  return linked ? { state: "processed", reason: null } : { state: verdict.state, reason: verdict.reason };
}

function isPaymentWord({ kind, source }: Observation): boolean {
  return (kind === "payment" || kind === "payment_request") && source !== "claim";
}
