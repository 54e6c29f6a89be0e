import { isoTime, type Json, type JsonObject, jsonNumber } from "./json.ts";
import type { Envelope } from "./payment-bodies.ts";

export interface SessionFacts {
  readonly businessId: string;
  readonly paymentSessionId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  readonly status: "ACTIVE" | "COMPLETED" | "EXPIRED" | "CANCELED";
  readonly referenceId: string;
  readonly sessionType: "PAY" | "SAVE";
  readonly currency: string;
  readonly amount: string;
  readonly country: string;
  readonly customerId: string;
  readonly locale: string;
  readonly cardPaymentTokenId: string | null;
  readonly successReturnUrl: string;
  readonly failureReturnUrl: string;
  /** Request fields that are echoed only when they were sent, under their own names. */
  readonly echoed?: Readonly<Record<string, Json | undefined>>;
  readonly paymentRequestId?: string | null;
  readonly paymentId?: string | null;
  /** The token saved by this session, or known to have paid it. */
  readonly paymentTokenId?: string | null;
  readonly stringAmounts?: boolean;
}

/** The answer of create, get and cancel, keys as in the captured answer. */
export function makeSessionAnswer(facts: SessionFacts): JsonObject {
  const { echoed = {} } = facts;
  return {
    payment_session_id: facts.paymentSessionId,
    created: isoTime(facts.createdAt),
    updated: isoTime(facts.updatedAt),
    status: facts.status,
    reference_id: facts.referenceId,
    currency: facts.currency,
    amount: facts.stringAmounts ? facts.amount : jsonNumber(facts.amount),
    country: facts.country,
    customer_id: facts.customerId,
    expires_at: isoTime(facts.expiresAt),
    session_type: facts.sessionType,
    mode: "CARDS_SESSION_JS",
    locale: facts.locale,
    business_id: facts.businessId,
    cards_session_js: {
      card_payment_token_id: facts.cardPaymentTokenId ?? undefined,
      success_return_url: facts.successReturnUrl,
      failure_return_url: facts.failureReturnUrl,
    },
    ...echoed,
    payment_token_id: facts.paymentTokenId ?? undefined,
    payment_request_id: facts.paymentRequestId ?? undefined,
    payment_id: facts.paymentId ?? undefined,
  };
}

export function makeSessionCompleted(facts: SessionFacts): Envelope {
  return envelope("payment_session.completed", { ...facts, status: "COMPLETED" });
}

/** Payment ids are absent: a failed try does not count. */
export function makeSessionExpired(facts: SessionFacts): Envelope {
  const none = { paymentRequestId: null, paymentId: null, paymentTokenId: null };
  return envelope("payment_session.expired", { ...facts, ...none, status: "EXPIRED" });
}

/** A webhook's `data` is the answer without the return addresses of the JS mode, which Xendit's own bodies lack. */
function envelope(event: string, facts: SessionFacts): Envelope {
  const { cards_session_js: _, ...data } = makeSessionAnswer(facts);
  return { event, businessId: facts.businessId, data };
}
