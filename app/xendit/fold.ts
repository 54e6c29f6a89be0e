import { type MemberState, readCluster } from "./cluster.ts";
import { disagreementsOf } from "./disagreements.ts";
import { anomalyOf } from "./flags.ts";
import { linkSessions } from "./fold-links.ts";
import { partsOf } from "./fold-parts.ts";
import { foldRequest, type RequestParts } from "./fold-request.ts";
import { foldSession, isPaidTwice, type SessionWords, sessionWords } from "./fold-session.ts";
import { byIdentifier, requestIdentifiers, sessionIdentifiers } from "./identifiers.ts";
import type { Observation } from "./observation.ts";
import type { PaymentRequestRow, Projection, SessionRow } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { requestFlags } from "./request-flags.ts";

export interface Folded {
  readonly projection: Projection;
  /** Parallel to the members. */
  readonly states: readonly MemberState[];
}

/**
 * Folds a connected set of observations into its rows (RULES 5): a pure function of the set, whatever the order and
 * however often each is there. `tokens` are observations of the tokens the members name; they tell the card, no more.
 */
export function foldCluster(members: readonly Observation[], tokens: readonly Observation[]): Folded {
  const cluster = readCluster(members);
  const words = sessionWords(cluster.taking);
  const links = linkSessions(cluster.taking, cluster.requestOf);
  const parts = partsOf(cluster, words, links, tokens);
  const requests = requestRows(parts);
  const sessions = words.flatMap((session) => {
    const own = requests.filter((request) => request.paymentSessionId === session.paymentSessionId);
    return foldSession(session, own, links, cluster.marked) ?? [];
  });
  const projection: Projection = {
    sessions,
    paymentRequests: requests,
    payments: parts.flatMap((part) => part.payments.map((payment) => payment.row)),
    captures: parts.flatMap((part) => part.payments.flatMap((payment) => payment.captures)),
    refunds: parts.flatMap((part) => part.refunds),
    disputes: parts.flatMap((part) => part.disputes),
    identifiers: identifierRows(parts, requests, words, sessions),
  };
  return { projection, states: withSessionRequests(members, cluster.states, sessions) };
}

function requestRows(parts: readonly RequestParts[]): readonly PaymentRequestRow[] {
  const bare = parts.map((part) => ({ part, row: foldRequest(part) }));
  return bare.map(({ part, row }) => {
    const disagreements = disagreementsOf(part);
    const session = row.paymentSessionId;
    const siblings = session === null ? [] : bare.filter((other) => other.row.paymentSessionId === session);
    const paidTwice = isPaidTwice(siblings.map((other) => other.row));
    const flags = requestFlags(row, part, disagreements, paidTwice);
    return { ...row, flags, anomaly: anomalyOf(flags), disagreements };
  });
}

function identifierRows(
  parts: readonly RequestParts[],
  requests: readonly PaymentRequestRow[],
  words: readonly SessionWords[],
  sessions: readonly SessionRow[],
): Projection["identifiers"] {
  const ofRequests = parts.flatMap((part) => {
    const row = requests.find((request) => request.paymentRequestId === part.paymentRequestId);
    return row ? requestIdentifiers(part, row.businessId) : [];
  });
  const lone = sessions.filter((session) => session.paymentRequestCount === 0);
  const ofSessions = lone.flatMap((row) => {
    const own = words.find((session) => session.paymentSessionId === row.paymentSessionId)?.named ?? [];
    return sessionIdentifiers(row, own);
  });
  return [...ofRequests, ...ofSessions].sort(byIdentifier);
}

/** An event of a session that names no request (its expiry, say) belongs to the request the session shows. */
function withSessionRequests(
  members: readonly Observation[],
  states: readonly MemberState[],
  sessions: readonly SessionRow[],
): readonly MemberState[] {
  const shown = new Map(sessions.map((session) => [session.paymentSessionId, session.paymentRequestId]));
  return states.map((state, at) => {
    const member = members[at];
    if (state.paymentRequestId !== null || member?.kind !== "session") return state;
    return { ...state, paymentRequestId: shown.get(factsOf(member).ids.session ?? "") ?? null };
  });
}
