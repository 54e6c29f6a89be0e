import { type XenditIdKind, xenditIdKind } from "../lib/ids.ts";
import type { JsonObject } from "./bodies/json.ts";
import type { Ids } from "./facts.ts";
import { textAt } from "./fields.ts";
import type { ObservationKind } from "./observation.ts";

/** Longer text is no id, whatever field it stands in. */
const MAX_LENGTH = 80;

/**
 * Ids are read by prefix, not by field name: `payment_id` may hold a `pr-` (RULES 5). The fields say only where to look
 * first. A session, refund or dispute has whatever id its own event names.
 */
export function readIds(payload: JsonObject, kind: ObservationKind): Ids {
  const flat = own(payload, "id");
  const ids = {
    paymentRequest: byPrefix(payload, "payment_request", ["payment_request_id", "id", "payment_id"]),
    payment: byPrefix(payload, "payment", ["payment_id", "id", "payment_request_id"]),
    latestPayment: byPrefix(payload, "payment", ["latest_payment_id"]),
    session: byPrefix(payload, "session", ["payment_session_id", "id"]),
    token: byPrefix(payload, "token", ["payment_token_id", "id"]) ?? sessionToken(payload),
    customer: own(payload, "customer_id"),
    refund: byPrefix(payload, "refund", ["id", "refund_id"]),
    dispute: byPrefix(payload, "dispute", ["id", "dispute_id"]),
    report: flat?.startsWith("report_") ? flat : null,
    flat,
  };
  if (kind === "session")
    return { ...ids, session: ids.session ?? own(payload, "payment_session_id") ?? untyped(flat) };
  if (kind === "refund") return { ...ids, refund: ids.refund ?? untyped(flat) };
  if (kind === "dispute") return { ...ids, dispute: ids.dispute ?? untyped(flat) };
  if (kind === "token") return { ...ids, token: ids.token ?? own(payload, "payment_token_id") };
  return ids;
}

function byPrefix(payload: JsonObject, kind: XenditIdKind, fields: readonly string[]): string | null {
  return fields.map((field) => textAt(payload, field)).find((value) => xenditIdKind(value) === kind) ?? null;
}

/** The saved card a one-click session is paid with. */
function sessionToken(payload: JsonObject): string | null {
  const value = textAt(payload, "cards_session_js", "card_payment_token_id");
  return xenditIdKind(value) === "token" ? value : null;
}

/** An id of no known shape: `RFD-00001`, `ps_…`. One with a prefix of another kind is that other thing's id. */
function untyped(id: string | null): string | null {
  return xenditIdKind(id) === null ? id : null;
}

function own(payload: JsonObject, field: string): string | null {
  const value = textAt(payload, field);
  return value !== null && value.length <= MAX_LENGTH ? value : null;
}
