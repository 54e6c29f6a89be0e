import type { JsonObject } from "./bodies/json.ts";
import { textAt } from "./fields.ts";
import type { ObservationKind } from "./observation.ts";

const kindsByEvent: readonly (readonly [prefix: string, kind: ObservationKind])[] = [
  ["payment_session.", "session"],
  ["payment_request.", "payment_request"],
  ["payment_token.", "token"],
  ["payment.", "payment"],
  ["refund.", "refund"],
  ["dispute.", "dispute"],
];

/** A body without an event is known by its own id; disputes and reports arrive flat. */
const kindsById: readonly (readonly [prefix: string, kind: ObservationKind])[] = [
  ["rfd-", "refund"],
  ["mi-dspt-", "dispute"],
  ["report_", "report"],
];

export function kindOfEvent(event: string | null, payload: JsonObject): ObservationKind {
  if (event !== null) return startingWith(kindsByEvent, event.toLowerCase()) ?? "other";
  return startingWith(kindsById, textAt(payload, "id") ?? "") ?? "other";
}

/** Statuses that an event's name promises; `dispute.due_date_approaching` and unknown names promise none. */
const statusByEvent: Readonly<Record<string, string>> = {
  "payment.capture": "SUCCEEDED",
  "payment.succeeded": "SUCCEEDED",
  "payment.authorization": "AUTHORIZED",
  "payment.awaiting_capture": "AUTHORIZED",
  "payment.failure": "FAILED",
  "payment.failed": "FAILED",
  "payment.expiry": "EXPIRED",
  "payment_request.expiry": "EXPIRED",
  "payment_session.completed": "COMPLETED",
  "payment_session.expired": "EXPIRED",
  "payment_token.activation": "ACTIVE",
  "payment_token.failure": "FAILED",
  "payment_token.expiry": "EXPIRED",
  "refund.succeeded": "SUCCEEDED",
  "refund.failed": "FAILED",
  "dispute.action_required": "ACTION_REQUIRED",
  "dispute.under_review": "UNDER_REVIEW",
  "dispute.won": "WON",
  "dispute.lost": "LOST",
};

export function statusOfEvent(event: string | null): string | null {
  const name = event?.toLowerCase() ?? "";
  return Object.hasOwn(statusByEvent, name) ? (statusByEvent[name] ?? null) : null;
}

function startingWith(table: typeof kindsByEvent, text: string): ObservationKind | null {
  return table.find(([prefix]) => text.startsWith(prefix))?.[1] ?? null;
}
