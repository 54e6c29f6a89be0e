import type { Environment } from "../lib/environment.ts";
import type { EventState, ObservationSource, ResultCodes } from "./projection.ts";

/** The stored form of an observation: masked bytes and what is known of how they came. */
export interface StoredObservation {
  readonly environment: Environment;
  readonly source: ObservationSource;
  readonly subject: string | null;
  readonly webhookId: string | null;
  readonly masked: boolean;
  readonly bytes: Uint8Array;
  /** Set once its body was taken out for good: what is still known of it. `bytes` are empty then. */
  readonly expunged?: Expunged | null;
}

/** What stays of an expunged body beside its digest and size. None of it is free text. */
export interface Expunged {
  readonly contentDigest: string;
  readonly eventType: string;
  readonly businessId: string | null;
}

/** A stored observation once read. Pure: the same bytes give the same observation, whatever came before or after. */
export interface Observation extends Pick<StoredObservation, "environment" | "source" | "subject" | "masked"> {
  /** `payment.capture`; `(no event)` for a flat body; `(unreadable)`; `api session`, `claim` for the other sources. */
  readonly eventType: string;
  readonly kind: ObservationKind;
  readonly businessId: string | null;
  /** RULES 3: the event's primary id. */
  readonly primaryId: string | null;
  readonly paymentRequestId: string | null;
  readonly status: string | null;
  readonly codes: ResultCodes;
  readonly currency: string | null;
  /** RULES 5's `t`, UTC milliseconds. */
  readonly time: number | null;
  /** RULES 3's key; `null` for api and claim. */
  readonly dedupeKey: string | null;
  /** SHA-256 hex of the canonical content. */
  readonly contentDigest: string;
  /** RULES 3's material values by name, as comparable text; absent when null. */
  readonly material: Readonly<Record<string, string>>;
  /**
   * What ties observations into one cluster: `pr- ps- py- rfd- mi-dspt-` ids and `key:<dedupe key>`. Not the token, which
   * many payments share.
   */
  readonly links: readonly string[];
  /** `pt-` ids it names; a token's own observations tell the card network of the payments made with it. */
  readonly tokens: readonly string[];
  /** What RULES 4 says of it alone; `needsLink`: stored unless the cluster holds a known card payment. */
  readonly verdict: Verdict;
  /** Canonical decoded content the fold reads. Its shape belongs to app/xendit. */
  readonly facts: unknown;
}

export type ObservationKind =
  | "payment"
  | "payment_request"
  | "session"
  | "refund"
  | "dispute"
  | "token"
  | "report"
  | "other"
  | "unreadable";

export interface Verdict {
  readonly state: Exclude<EventState, "conflict">;
  readonly reason: StateReason | null;
  readonly needsLink: boolean;
}

/** Why an event is not simply processed. The words for each are in app/xendit/state-reasons.ts. */
export const STATE_REASONS = [
  "not_json",
  "masked_card_data",
  "no_payment_request_id",
  "no_payment_id",
  "no_status",
  "no_session_id",
  "no_usable_id",
  "unknown_card_event",
  "other_channel",
  "not_linked_to_a_card_payment",
  "other_product",
  "projection_failed",
  "expunged",
] as const;
export type StateReason = (typeof STATE_REASONS)[number];
