import { formatMoney } from "~/lib/money.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { paymentStatusWord } from "~/xendit/codes/status-words.ts";
import type { PaymentRequestRow } from "~/xendit/projection.ts";

export type Judged = Pick<
  PaymentRequestRow,
  | "status"
  | "currency"
  | "amountRaw"
  | "amountMinor"
  | "capturedMinor"
  | "capturedItemised"
  | "refundedMinor"
  | "network"
  | "networkFrom"
  | "threeDsFlow"
  | "eci"
  | "cvn"
  | "avs"
  | "response"
  | "failureCode"
>;

/**
 * One sentence of what happened and one of what was checked, made of the codes' own readings:
 * "Captured 10,000.00 IDR. Response 00 approved, CVN M match, AVS M match, ECI 05 authenticated."
 */
export function paymentVerdict(payment: Judged): string {
  return [outcome(payment), checks(payment), refunds(payment)].filter((sentence) => sentence !== null).join(" ");
}

function outcome(payment: Judged): string {
  const { status, currency, amountMinor, amountRaw, capturedMinor, failureCode } = payment;
  const requested = formatMoney({ minor: amountMinor, raw: amountRaw, currency });
  switch (status) {
    case "SUCCEEDED":
      return capturedSentence(payment, requested);
    case "AUTHORIZED":
      return capturedMinor
        ? `Held; ${formatMoney({ minor: capturedMinor, currency })} captured.`
        : `Held ${requested}, not captured.`;
    case "FAILED":
      return failureCode
        ? `Failed: ${decodeFailure(failureCode).short} (${failureCode}).`
        : "Failed, without a failure code.";
    case "CANCELED":
      return `Voided ${requested}; no money moved.`;
    case "EXPIRED":
      return "Expired unpaid.";
    case "REQUIRES_ACTION":
      return "Waiting for the shopper to finish 3-D Secure.";
    case "UNKNOWN":
      return "Named by the browser or a session only: no payment webhook yet.";
    case "PENDING":
    case "ACCEPTING_PAYMENTS":
      return "Waiting: no outcome was told yet.";
    default:
      return `Xendit says ${paymentStatusWord(status).word}, a status Paydesk does not know; it counts as no success.`;
  }
}

function capturedSentence(
  { currency, amountMinor, capturedMinor, capturedItemised }: Judged,
  requested: string,
): string {
  if (capturedMinor === null) return `Paid ${requested}; how much was captured is not known.`;
  const captured = formatMoney({ minor: capturedMinor, currency });
  if (!capturedItemised) return `Paid ${captured}; the capture was not itemised.`;
  return capturedMinor === amountMinor ? `Captured ${captured}.` : `Captured ${captured} of ${requested}.`;
}

/** Only what was sent; a payment without any result says so in one breath. */
function checks({ response, cvn, avs, eci, network, networkFrom, threeDsFlow, status }: Judged): string | null {
  const context = { network, networkFrom, flow: threeDsFlow };
  const readings = [
    ["Response", decodeResponse(response, context)],
    ["CVN", decodeCvn(cvn)],
    ["AVS", decodeAvs(avs)],
    ["ECI", decodeEci(eci, context)],
  ] as const;
  const said = readings.filter(([, reading]) => reading.code !== null && reading.code !== "");
  if (said.length === 0) return status === "UNKNOWN" ? null : "No verification results were sent.";
  return `${said.map(([name, reading]) => `${name} ${reading.code} ${reading.short}`).join(", ")}.`;
}

function refunds({ refundedMinor, currency }: Judged): string | null {
  return refundedMinor > 0 ? `${formatMoney({ minor: refundedMinor, currency })} refunded.` : null;
}
