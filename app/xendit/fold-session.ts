import { amountOf, doesNotFit } from "./amounts.ts";
import type { Cluster } from "./cluster.ts";
import { sortedFlags } from "./flags.ts";
import type { SessionLink } from "./fold-links.ts";
import { missingOfSession } from "./missing.ts";
import type { Observation } from "./observation.ts";
import { compareNumbers, compareText, earliest, latest } from "./order.ts";
import type { Flag, PaymentRequestRow, SessionRow } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { sessionStatus } from "./statuses.ts";
import { disagreement, firstTold, pick, toldBy } from "./values.ts";

/** The words about a session, in order of precedence. Claims only name it; they say nothing of it. */
export interface SessionWords {
  readonly paymentSessionId: string;
  readonly named: readonly Observation[];
  readonly own: readonly Observation[];
}

export function sessionWords(taking: readonly Observation[]): readonly SessionWords[] {
  const ids = new Set(taking.flatMap((observation) => factsOf(observation).ids.session ?? []));
  return [...ids].sort(compareText).map((paymentSessionId) => {
    const named = taking.filter((observation) => factsOf(observation).ids.session === paymentSessionId);
    return { paymentSessionId, named, own: named.filter(({ kind }) => kind === "session") };
  });
}

export function foldSession(
  words: SessionWords,
  requests: readonly PaymentRequestRow[],
  links: ReadonlyMap<string, SessionLink>,
  marked: Cluster["marked"],
): SessionRow | null {
  const { paymentSessionId, named, own } = words;
  const [first] = named;
  if (!first) return null;
  const shown = shownRequest(requests);
  const currency = pick(own, "currency");
  const createdAt = earliest(own.map((observation) => factsOf(observation).createdAt));
  const times = [...own.map((observation) => observation.time), ...requests.map((request) => request.createdAt)];
  const row = {
    environment: first.environment,
    paymentSessionId,
    businessId: pick(named, "businessId"),
    referenceId: pick(own, "referenceId"),
    status: sessionStatus(own) ?? "ACTIVE",
    mode: pick(own, "mode"),
    sessionType: pick(own, "sessionType"),
    captureMethod: pick(own, "captureMethod"),
    currency,
    ...amountOf(pick(own, "amount"), currency),
    country: pick(own, "country"),
    customerId: firstTold(own.map((observation) => factsOf(observation).ids.customer)),
    paymentTokenId: firstTold(own.map((observation) => factsOf(observation).ids.token)),
    createdAt,
    updatedAt: latest(own.map((observation) => observation.time)),
    expiresAt: own.map((observation) => factsOf(observation).expiresAt).find((at) => at !== null) ?? null,
    sortAt: createdAt ?? earliest(times) ?? 0,
    paymentRequestId: shown?.paymentRequestId ?? null,
    paymentRequestLink: shown ? (links.get(shown.paymentRequestId)?.strength ?? null) : null,
    paymentRequestCount: requests.length,
    eci: shown?.eci ?? null,
    cvn: shown?.cvn ?? null,
    avs: shown?.avs ?? null,
    missing: missingOfSession(own, requests),
  };
  return { ...row, flags: flagsOf(row, words, requests, marked) };
}

/** A paid one first, else the latest; one that nothing is known of yet is the newest try. */
function shownRequest(requests: readonly PaymentRequestRow[]): PaymentRequestRow | undefined {
  const paid = requests.filter((request) => request.status === "SUCCEEDED");
  const candidates = paid.length > 0 ? paid : requests;
  const age = ({ createdAt }: PaymentRequestRow) => createdAt ?? Number.POSITIVE_INFINITY;
  return [...candidates].sort(
    (a, b) => compareNumbers(age(b), age(a)) || compareText(b.paymentRequestId, a.paymentRequestId),
  )[0];
}

function flagsOf(
  row: Omit<SessionRow, "flags">,
  { paymentSessionId, own }: SessionWords,
  requests: readonly PaymentRequestRow[],
  marked: Cluster["marked"],
): readonly Flag[] {
  const flags: Flag[] = marked
    .filter(
      ({ observation }) => observation.kind === "session" && factsOf(observation).ids.session === paymentSessionId,
    )
    .map(({ mark }) => mark);
  if (isPaidTwice(requests)) flags.push("paid_twice");
  if (row.paymentRequestLink === "claimed") flags.push("claimed");
  if (doesNotFit(row)) flags.push("amount_does_not_fit_currency");
  const fields = ["currency", "amount", "referenceId", "captureMethod", "country", "mode", "sessionType"] as const;
  if (fields.some((field) => disagreement(field, null, toldBy(own, field)))) flags.push("sources_disagree");
  if (own.some(eventContradictsStatus)) flags.push("event_and_status_disagree");
  return sortedFlags(flags);
}

export function isPaidTwice(requests: readonly { readonly status: string }[]): boolean {
  return requests.filter((request) => request.status === "SUCCEEDED").length > 1;
}

/** RULES 5: the status wins, and the contradiction is shown. */
export function eventContradictsStatus(observation: Observation): boolean {
  const { impliedStatus, status } = factsOf(observation);
  return impliedStatus !== null && status !== impliedStatus;
}
