import type { Facts } from "./facts.ts";
import type { ObservationKind, StateReason, Verdict } from "./observation.ts";
import type { ObservationSource } from "./projection.ts";

export interface Classifiable {
  readonly kind: ObservationKind;
  readonly source: ObservationSource;
  readonly masked: boolean;
  readonly facts: Facts;
}

const PROCESSED: Verdict = { state: "processed", reason: null, needsLink: false };

/** What an observation is by itself, in the order of RULES 4. What its links add is the fold's to say. */
export function classify({ kind, source, masked, facts }: Classifiable): Verdict {
  if (kind === "unreadable") return quarantined("not_json");
  // Only events are quarantined; an answer we asked for is read without the card data it should not have had.
  if (masked && source === "webhook") return quarantined("masked_card_data");
  // A hand-back at the CVN step carries ids and nothing else.
  if (source === "claim") return facts.ids.paymentRequest ? PROCESSED : quarantined("no_payment_request_id");
  if (kind === "session") return facts.ids.session ? PROCESSED : quarantined("no_session_id");
  if (kind === "payment" || kind === "payment_request") return classifyPayment(kind, facts);
  if (kind === "refund" || kind === "dispute" || kind === "token") return classifyRelated(facts);
  return facts.card === "yes" ? quarantined("unknown_card_event") : stored("other_product");
}

function classifyPayment(kind: "payment" | "payment_request", facts: Facts): Verdict {
  const { ids, status } = facts;
  if (facts.card === "no") return stored("other_channel");
  if (facts.card === "unknown" && !facts.hasAuthorization && !facts.hasAuthentication) {
    if (!ids.paymentRequest && !ids.payment) return quarantined("no_usable_id");
    return { ...stored("not_linked_to_a_card_payment"), needsLink: status !== null };
  }
  if (!ids.paymentRequest) return quarantined("no_payment_request_id");
  if (kind === "payment" && !ids.payment) return quarantined("no_payment_id");
  if (status === null) return quarantined("no_status");
  return PROCESSED;
}

function classifyRelated(facts: Facts): Verdict {
  if (facts.card === "yes") return PROCESSED;
  const reason = facts.card === "no" ? "other_channel" : "not_linked_to_a_card_payment";
  return { ...stored(reason), needsLink: true };
}

function quarantined(reason: StateReason): Verdict {
  return { state: "quarantined", reason, needsLink: false };
}

function stored(reason: StateReason): Verdict {
  return { state: "stored", reason, needsLink: false };
}
