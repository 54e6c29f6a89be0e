import type { Environment } from "../../lib/environment.ts";
import type { BusinessDay } from "../../lib/time.ts";
import type { CaptureRow, DisputeRow, PaymentRequestRow, PaymentRow, RefundRow } from "../projection.ts";
import type { TellingField } from "../report/telling.ts";
import type { AmountName } from "./amount-names.ts";
import type { ExplanationStep, LinkedBy, Note, ReconciliationClass } from "./classes.ts";
import type { RuleSet } from "./rules.ts";

/** All that is known of one group: a payment request of ours with its money, and the rows that lead to it. */
export interface GroupFacts {
  readonly groupKey: string;
  /** `null` for rows that lead to no payment of ours. */
  readonly request: RequestFacts | null;
  readonly payments: readonly PaymentFacts[];
  readonly captures: readonly CaptureFacts[];
  readonly refunds: readonly RefundFacts[];
  readonly disputes: readonly DisputeFacts[];
  readonly rows: readonly LinkedRow[];
}

export type RequestFacts = Pick<
  PaymentRequestRow,
  | "paymentRequestId"
  | "businessId"
  | "referenceId"
  | "status"
  | "currency"
  | "amountRaw"
  | "amountMinor"
  | "capturedMinor"
  | "capturedItemised"
  | "country"
  | "createdAt"
  | "updatedAt"
  | "capturedAt"
  | "flags"
>;

export type PaymentFacts = Pick<
  PaymentRow,
  | "paymentId"
  | "status"
  | "currency"
  | "amountRaw"
  | "capturedMinor"
  | "capturedItemised"
  | "createdAt"
  | "updatedAt"
  | "capturedAt"
>;

export type CaptureFacts = Pick<
  CaptureRow,
  "captureId" | "paymentId" | "currency" | "amountRaw" | "amountMinor" | "capturedAt"
>;

export type RefundFacts = Pick<
  RefundRow,
  "refundId" | "paymentId" | "status" | "currency" | "amountRaw" | "amountMinor" | "createdAt" | "updatedAt"
>;

export type DisputeFacts = Pick<DisputeRow, "disputeId" | "paymentId" | "status">;

/** One transaction as the reports have it; minor units, instants UTC milliseconds. */
export interface RowFacts {
  readonly transactionId: string;
  readonly type: string | null;
  readonly status: string | null;
  readonly channel: string | null;
  readonly currency: string | null;
  readonly amountRaw: string | null;
  readonly amountMinor: number | null;
  readonly feeMinor: number | null;
  readonly vatMinor: number | null;
  readonly withheldMinor: number | null;
  /** Money out is negative. */
  readonly netMinor: number | null;
  readonly reference: string | null;
  readonly productId: string | null;
  readonly paymentRequestId: string | null;
  readonly captureId: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly estimatedSettlementAt: number | null;
  readonly settledAt: number | null;
  readonly settlementStatus: string | null;
  readonly disagreements: readonly TellingField[];
}

export interface LinkedRow extends RowFacts {
  readonly link: RowLink;
}

/** Where a row belongs and how that was found (link-row.ts). */
export interface RowLink {
  /** A payment request of ours, else what the row names itself by. */
  readonly groupKey: string;
  /** `null` when it leads to no payment of ours. */
  readonly linkedBy: LinkedBy | null;
  /** Payment requests it could belong to, when a person has to say which. */
  readonly candidates: readonly string[];
  /** Where its ids are known, when they are not here. */
  readonly otherEnvironment: Environment | null;
  /** Payment requests of ours with its reference, when it leads to none by its ids. */
  readonly sameReference: readonly string[];
}

export interface MatchContext {
  readonly rules: RuleSet;
  /** The accounting zone. */
  readonly zone: string;
  readonly now: number;
}

/** What a group comes to. A pure function of its facts, the rules, the zone and the time. */
export interface Verdict {
  readonly class: ReconciliationClass;
  /** In the order of `NOTES`. */
  readonly notes: readonly Note[];
  readonly paymentRequestId: string | null;
  readonly businessId: string | null;
  readonly reference: string | null;
  readonly currency: string | null;
  /** The day its first money belongs to. */
  readonly day: BusinessDay;
  /** First capture, else the earliest of what it holds. */
  readonly occurredAt: number;
  /** In `currency`; `null` when it cannot be told. */
  readonly captured: number | null;
  readonly reported: number | null;
  /** Captured and not refunded, less reported and not refunded there; `null` when it cannot be told. */
  readonly difference: number | null;
  readonly rows: number;
  /** What it adds to which day and currency; nothing of a group adds to two entries of one day and currency. */
  readonly amounts: readonly DayAmounts[];
  readonly explanation: readonly ExplanationStep[];
  /** The next instant at which class or notes change though nothing new is told; `null` for never. */
  readonly changesAt: number | null;
}

export type DayAmounts = Readonly<Record<AmountName, number>> & {
  readonly day: BusinessDay;
  /** Empty where an amount is told without a currency. */
  readonly currency: string;
  /** Amounts that are in none of the sums. */
  readonly untold: number;
};
