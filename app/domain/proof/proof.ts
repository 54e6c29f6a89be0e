import type { Environment } from "~/lib/environment.ts";
import { formatMoney, plainDecimal } from "~/lib/money.ts";
import { REDACTED } from "~/lib/pii.ts";
import { disputeStatusWord, paymentStatusWord, refundStatusWord } from "~/xendit/codes/status-words.ts";
import { flagText } from "~/xendit/flags.ts";
import type { Disagreement } from "~/xendit/projection.ts";
import type { PaymentDetail } from "../payments/find-payment.server.ts";
import { judgedOf, type Reader } from "../payments/verdict/facts.ts";
import { paymentVerdict, verdictText } from "../payments/verdict/verdict.ts";
import { type ProofFact, paymentFacts } from "./payment-facts.ts";
import { type ProofResult, proofResults, type TableUsed, tablesUsed } from "./proof-results.ts";
import type { ProofSource, SourceBook } from "./proof-sources.ts";
import { type Standing, standingOf } from "./standing.ts";

/** What the proof is made of: the payment page's own reading, less what only that page needs. */
export type Proven = Pick<
  PaymentDetail,
  "request" | "payments" | "captures" | "captureCount" | "refunds" | "disputes" | "session" | "siblings"
>;

/** A part of a proof of which more is held than is told. */
export type ProofCut = "sources" | "movements" | "payments";

/** A movement of money, or a quarrel about it. */
export interface ProofEntry {
  readonly id: string;
  readonly paymentId: string | null;
  readonly amount: string;
  readonly at: number | null;
  /** `null` for captures, which have no status of their own. */
  readonly status: { readonly code: string; readonly word: string } | null;
  readonly note: string | null;
  readonly from: readonly string[];
}

/**
 * Everything a proof of payment says, ready to be drawn: on the page, on paper, in the evidence bundle. Pure; instants are
 * UTC milliseconds, amounts are formatted, codes are as received.
 */
export interface Proof {
  readonly paymentRequestId: string;
  readonly environment: Environment;
  readonly referenceId: string | null;
  readonly standing: Standing;
  readonly status: { readonly code: string; readonly word: string };
  readonly verdict: string;
  readonly amounts: readonly ProofFact[];
  readonly ids: readonly ProofFact[];
  readonly captures: readonly ProofEntry[];
  readonly refunds: readonly ProofEntry[];
  readonly disputes: readonly ProofEntry[];
  readonly payments: readonly ProofEntry[];
  readonly results: readonly ProofResult[];
  readonly details: readonly ProofFact[];
  readonly flags: readonly { readonly code: string; readonly label: string; readonly explanation: string }[];
  readonly disagreements: readonly Disagreement[];
  readonly sources: readonly ProofSource[];
  readonly tables: readonly TableUsed[];
}

/** `reader`: the zone the verdict's times are written in, and the present, UTC milliseconds. */
export function proofOf(detail: Proven, book: SourceBook, reader: Reader): Proof {
  const { request, payments } = detail;
  const decisive = payments.find((payment) => payment.paymentId === request.paymentId) ?? null;
  const results = proofResults(request, decisive, book);
  return {
    paymentRequestId: request.paymentRequestId,
    environment: request.environment,
    referenceId: request.referenceId,
    standing: standingOf(request, request.environment),
    status: { code: request.status, word: paymentStatusWord(request.status).word },
    verdict: verdictText(paymentVerdict(judgedOf(detail), reader)),
    amounts: amountFacts(detail, book),
    ids: idFacts(detail, book),
    captures: detail.captures.map((capture) => captureEntry(capture, book)),
    refunds: detail.refunds.map((refund) => refundEntry(refund, book)),
    disputes: detail.disputes.map((dispute) => disputeEntry(dispute, book)),
    payments: payments.map((payment) => paymentEntry(payment, book)),
    results,
    details: decisive ? paymentFacts(decisive, request, book) : [],
    flags: request.flags.map((code) => ({
      code,
      label: flagText[code].label,
      explanation: flagText[code].explanation,
    })),
    disagreements: request.disagreements.map(withoutSecretValues),
    sources: book.sources,
    tables: tablesUsed(results),
  };
}

function amountFacts({ request, captures, refunds }: Proven, book: SourceBook): readonly ProofFact[] {
  const { currency, amountRaw, amountMinor, capturedMinor, capturedItemised, refundedMinor } = request;
  const money = (minor: number | null) => (minor === null ? null : formatMoney({ minor, currency }));
  const asReceived = amountRaw === null ? null : plainDecimal(amountRaw);
  return [
    {
      label: "Requested",
      text: amountRaw === null ? null : formatMoney({ minor: amountMinor, raw: amountRaw, currency }),
      note: amountMinor === null && amountRaw !== null ? "as received; it does not fit the currency" : null,
      from: book.telling(["amount"], asReceived ?? amountRaw, null),
    },
    {
      label: "Captured",
      text: money(capturedMinor) ?? "not known",
      note: capturedItemised || !capturedMinor ? null : "the requested amount: no capture was itemised",
      from: inOrder(
        captures.flatMap((capture) => book.tellingCapture(capture.captureId)),
        book,
      ),
    },
    {
      label: "Refunded",
      text: money(refundedMinor),
      note: null,
      from: inOrder(
        refunds.flatMap((refund) => book.naming(refund.refundId)),
        book,
      ),
    },
  ];
}

/** Each source once, as the list of sources has them. */
function inOrder(refs: readonly string[], { sources }: SourceBook): readonly string[] {
  return sources.map(({ ref }) => ref).filter((ref) => refs.includes(ref));
}

function idFacts({ request, payments, session, siblings }: Proven, book: SourceBook): readonly ProofFact[] {
  const id = (label: string, value: string | null, note: string | null = null): ProofFact => ({
    label,
    text: value,
    note,
    isId: true,
    from: book.naming(value),
  });
  const others = payments.filter((payment) => payment.paymentId !== request.paymentId);
  const claimed = request.sessionLink === "claimed" ? "linked by the browser's hand-back only" : null;
  return [
    {
      ...id("Merchant reference", request.referenceId),
      from: book.telling(["referenceId"], request.referenceId, null),
    },
    id("Payment request", request.paymentRequestId),
    id("Payment", request.paymentId, others.length > 0 ? "the one that decided" : null),
    ...others.map((payment) => id("Also tried", payment.paymentId)),
    id("Session", request.paymentSessionId, claimed),
    ...siblings.map((other) => id("Other try of the session", other.paymentRequestId)),
    ...(session?.referenceId && session.referenceId !== request.referenceId
      ? [{ label: "Session's reference", text: session.referenceId, note: null, isId: true, from: [] }]
      : []),
    id("Customer", request.customerId),
    id("Saved card", request.paymentTokenId),
    {
      ...id("Xendit business", request.businessId),
      from: book.telling(["businessId"], request.businessId, null),
    },
  ];
}

function captureEntry(capture: Proven["captures"][number], book: SourceBook): ProofEntry {
  const { captureId, paymentId, amountMinor: minor, amountRaw: raw, currency, capturedAt } = capture;
  return {
    id: captureId,
    paymentId,
    amount: formatMoney({ minor, raw, currency }),
    at: capturedAt,
    status: null,
    note: null,
    from: book.tellingCapture(captureId),
  };
}

function refundEntry(refund: Proven["refunds"][number], book: SourceBook): ProofEntry {
  const { refundId, paymentId, amountMinor: minor, amountRaw: raw, currency, status, reason, failureCode } = refund;
  return {
    id: refundId,
    paymentId,
    amount: formatMoney({ minor, raw, currency }),
    at: refund.createdAt,
    status: { code: status, word: refundStatusWord(status).word },
    note: [reason, failureCode].filter(Boolean).join(", ") || null,
    from: book.naming(refundId),
  };
}

function disputeEntry(dispute: Proven["disputes"][number], book: SourceBook): ProofEntry {
  const { disputeId, paymentId, amountMinor: minor, amountRaw: raw, currency, status, statusReason } = dispute;
  return {
    id: disputeId,
    paymentId,
    amount: formatMoney({ minor, raw, currency }),
    at: dispute.createdAt,
    status: { code: status, word: disputeStatusWord(status).word },
    note: statusReason,
    from: book.naming(disputeId),
  };
}

function paymentEntry(payment: Proven["payments"][number], book: SourceBook): ProofEntry {
  const { paymentId, amountMinor: minor, amountRaw: raw, currency, status, failureCode, createdAt } = payment;
  return {
    id: paymentId,
    paymentId,
    amount: formatMoney({ minor, raw, currency }),
    at: createdAt,
    status: { code: status, word: paymentStatusWord(status).word },
    note: failureCode,
    from: book.tellingStatus(status, paymentId),
  };
}

/** The proof that a cardholder was authenticated is itself a secret of the card's. */
function withoutSecretValues(disagreement: Disagreement): Disagreement {
  if (disagreement.field !== "authenticationValue") return disagreement;
  return { ...disagreement, values: disagreement.values.map((one) => ({ ...one, value: REDACTED })) };
}
