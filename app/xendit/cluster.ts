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
  const owners = ownersOf(usable);
  const requestOf = (observation: Observation) => requestFor(observation, owners);
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
      const own = { ...alone, paymentRequestId: requestOf(observation) };
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

/** Which payment request each payment belongs to; a payment's own word before what others say in passing. */
function ownersOf(usable: readonly Observation[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const ordered = [...usable.filter(({ kind }) => kind === "payment"), ...usable];
  for (const observation of ordered) {
    const { payment, latestPayment, paymentRequest } = factsOf(observation).ids;
    const named = payment ?? latestPayment;
    if (named && paymentRequest && !owners.has(named)) owners.set(named, paymentRequest);
  }
  return owners;
}

function requestFor(observation: Observation, owners: ReadonlyMap<string, string>): string | null {
  const { payment, paymentRequest } = factsOf(observation).ids;
  const owner = payment === null ? null : (owners.get(payment) ?? null);
  return observation.kind === "payment" ? (owner ?? paymentRequest) : (paymentRequest ?? owner);
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
