import type { Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { minorToDecimal } from "~/lib/money.ts";
import { MINUTE } from "~/lib/time.ts";
import type { Flag, Verification } from "~/xendit/projection.ts";
import { referenceStem } from "~/xendit/reference.ts";
import type { Sale } from "./planted-sales.ts";
import { BUSINESS_ID } from "./sale-lines.ts";

type Row<Name extends "paymentRequests" | "payments" | "captures" | "refunds" | "disputes" | "identifiers"> =
  Tables[Name]["$inferInsert"];

/** The rows the fold would leave of a sale whose webhooks all came. */
export interface SaleRows {
  readonly paymentRequests: readonly Row<"paymentRequests">[];
  readonly payments: readonly Row<"payments">[];
  readonly captures: readonly Row<"captures">[];
  readonly refunds: readonly Row<"refunds">[];
  readonly disputes: readonly Row<"disputes">[];
  readonly identifiers: readonly Row<"identifiers">[];
}

export function projectionOf(sale: Sale, environment: Environment = "sandbox"): SaleRows {
  const { requestId: paymentRequestId, paymentId, currency, createdAt } = sale;
  const shared = { environment, paymentRequestId, businessId: BUSINESS_ID };
  const captured = sale.captures.reduce((sum, capture) => sum + capture.minor, 0);
  const refunded = sale.refund?.status === "SUCCEEDED" ? sale.refund.minor : 0;
  const status = sale.scenario === "failed" ? "FAILED" : sale.scenario === "voided" ? "CANCELED" : "SUCCEEDED";
  const isItemised = sale.scenario !== "not_itemised";
  const money = (minor: number) => ({ currency, amountRaw: minorToDecimal(minor, currency), amountMinor: minor });
  const times = { createdAt, updatedAt: sale.captures[0]?.at ?? createdAt, capturedAt: sale.captures[0]?.at ?? null };
  const codes = { eci: "05", cvn: "M", avs: "M", response: status === "FAILED" ? "51" : "00" };
  const both = {
    ...shared,
    ...money(sale.minor),
    ...times,
    ...codes,
    referenceId: sale.reference,
    status,
    capturedMinor: captured,
    capturedItemised: isItemised,
    captureMethod: /^(by_hand|in_part|several|voided)$/.test(sale.scenario) ? "MANUAL" : "AUTOMATIC",
    failureCode: status === "FAILED" ? "INSUFFICIENT_BALANCE" : null,
    paymentId,
  };
  return {
    paymentRequests: [
      {
        ...both,
        refundedMinor: refunded,
        paymentCount: 1,
        paymentSessionId: sale.sessionId,
        sessionLink: "confirmed",
        country: sale.country,
        channelCode: "CARDS",
        expiresAt: createdAt + 10 * MINUTE,
        sortAt: createdAt,
        flags: flagsOf(sale, captured, refunded),
        disagreements: NONE,
      },
    ],
    payments: [{ ...both, verification: NOTHING_TOLD }],
    captures: isItemised
      ? sale.captures.map((one) => ({
          ...shared,
          ...money(one.minor),
          paymentId,
          captureId: one.captureId,
          capturedAt: one.at,
        }))
      : [],
    refunds: sale.refund
      ? [
          {
            ...shared,
            ...money(sale.refund.minor),
            refundId: sale.refund.refundId,
            paymentId,
            status: sale.refund.status,
            reason: "REQUESTED_BY_CUSTOMER",
            failureCode: sale.refund.status === "FAILED" ? "REFUND_FAILED" : null,
            createdAt: sale.refund.at,
            updatedAt: sale.refund.at,
          },
        ]
      : [],
    disputes: sale.dispute
      ? [
          {
            ...shared,
            ...money(captured),
            disputeId: sale.dispute.disputeId,
            paymentId,
            status: sale.dispute.status,
            createdAt: sale.dispute.at,
            updatedAt: sale.dispute.at,
          },
        ]
      : [],
    identifiers: identifiersOf(sale, environment),
  };
}

function identifiersOf(sale: Sale, environment: Environment): Row<"identifiers">[] {
  const identifier = (value: string, kind: Row<"identifiers">["kind"]) => ({
    environment,
    value,
    kind,
    target: sale.requestId,
    businessId: BUSINESS_ID,
  });
  return [
    identifier(sale.reference, "reference"),
    identifier(referenceStem(sale.reference), "reference"),
    identifier(sale.requestId, "payment_request"),
    identifier(sale.paymentId, "payment"),
  ];
}

function flagsOf(sale: Sale, captured: number, refunded: number): readonly Flag[] {
  if (!hasFlag(sale, captured)) return NONE;
  const flags: Flag[] = [];
  if (sale.scenario === "late_success") flags.push("late_success");
  if (captured > 0 && captured < sale.minor) flags.push("captured_in_part");
  if (refunded > 0) flags.push(refunded < captured ? "refunded_in_part" : "refunded_in_full");
  if (sale.dispute) flags.push("disputed");
  return flags;
}

function hasFlag(sale: Sale, captured: number): boolean {
  return sale.scenario === "late_success" || captured < sale.minor || sale.refund !== null || sale.dispute !== null;
}

// The same list for all: 200,000 are made of these.
const NONE: readonly [] = [];

/** Nobody who matches looks at it, and the whole of it 200,000 times is 140 MB. */
const NOTHING_TOLD = {} as Verification;
