import type { Ids, ValueName } from "./facts.ts";
import type { RequestParts } from "./fold-request.ts";
import type { Observation } from "./observation.ts";
import { compareText } from "./order.ts";
import type { IdentifierKind, IdentifierRow, SessionRow } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { referenceStem } from "./reference.ts";

/** Longer than any id or reference (255) is text, and nobody pastes it. */
const MAX_LENGTH = 255;

const valueKinds: readonly (readonly [ValueName, IdentifierKind])[] = [
  ["referenceId", "reference"],
  ["retrievalReferenceNumber", "rrn"],
  ["authorizationCode", "authorization_code"],
  ["reconciliationId", "reconciliation_id"],
  ["networkTransactionId", "network_transaction_id"],
  ["dsTransactionId", "ds_transaction_id"],
  ["maskedCardNumber", "card"],
  ["cardholderEmail", "email"],
];

const idKinds = [
  ["paymentRequest", "payment_request"],
  ["payment", "payment"],
  ["session", "session"],
  ["refund", "refund"],
  ["dispute", "dispute"],
  ["token", "token"],
  ["customer", "customer"],
] as const satisfies readonly (readonly [keyof Ids, IdentifierKind])[];

/** Every value told about a request that a person may paste, those that lost a disagreement too. */
export function requestIdentifiers(parts: RequestParts, businessId: string | null): readonly IdentifierRow[] {
  const around = [...parts.session, ...parts.context.tokens].flatMap(valuesOf);
  // A session names the ids of one try; they are not this request's unless it is that one.
  const shared = around.filter(([, kind]) => kind !== "payment_request" && kind !== "payment");
  const found = [...parts.about.flatMap(valuesOf), ...shared];
  return rowsOf(found, { environment: parts.environment, target: parts.paymentRequestId, businessId });
}

/** Of a session that has no payment request yet. */
export function sessionIdentifiers(row: SessionRow, named: readonly Observation[]): readonly IdentifierRow[] {
  const { environment, paymentSessionId: target, businessId } = row;
  return rowsOf(named.flatMap(valuesOf), { environment, target, businessId });
}

export function byIdentifier(a: IdentifierRow, b: IdentifierRow): number {
  return compareText(a.value, b.value) || compareText(a.kind, b.kind) || compareText(a.target, b.target);
}

type Found = readonly [value: string, kind: IdentifierKind];

function rowsOf(found: readonly Found[], target: Omit<IdentifierRow, "value" | "kind">): readonly IdentifierRow[] {
  const rows = new Map<string, IdentifierRow>();
  for (const [value, kind] of found) {
    const text = value.trim().toLowerCase();
    if (text !== "" && text.length <= MAX_LENGTH) rows.set(`${kind}\n${text}`, { ...target, value: text, kind });
  }
  return [...rows.values()];
}

function valuesOf(observation: Observation): readonly Found[] {
  const { ids, values, captures } = factsOf(observation);
  const found: Found[] = captures.map(({ captureId }) => [captureId, "capture"] as const);
  for (const [name, kind] of idKinds) {
    const id = ids[name];
    if (id !== null) found.push([id, kind]);
  }
  for (const [name, kind] of valueKinds) {
    const value = values[name];
    if (value) found.push([value, kind], ...shortForms(value, kind));
  }
  return found;
}

/** What people have instead of the whole: the session's reference, and a card's last four digits. */
function shortForms(value: string, kind: IdentifierKind): readonly Found[] {
  if (kind === "reference") return [[referenceStem(value), kind]];
  const [, lastFour] = (kind === "card" && /(\d{4})$/.exec(value)) || [];
  return lastFour ? [[lastFour, kind]] : [];
}
