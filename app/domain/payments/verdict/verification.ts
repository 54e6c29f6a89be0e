import { decodeAdvice } from "~/xendit/codes/advice.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { decode3dsFlow, decode3dsReason, decode3dsStatus, decodeChallengeCancel } from "~/xendit/codes/three-ds.ts";
import { anomaliesOf, type FoundAnomaly } from "./anomalies.ts";
import { isBlank, type Judged } from "./facts.ts";

/** A row of the verification panel: the codes of one check, and what is wrong with them. */
export interface CheckedCodes {
  /** What a verdict's evidence points at. */
  readonly id: string;
  readonly label: string;
  readonly readings: readonly { readonly kind: string; readonly reading: CodeReading }[];
  readonly anomalies: readonly FoundAnomaly[];
}

export interface Verified {
  readonly rows: readonly CheckedCodes[];
  /** What does not fit together beyond any one code: money, time, two payments for one session. */
  readonly others: readonly FoundAnomaly[];
}

/**
 * Every check of a payment with its readings. Failure and advice have a row where something failed or was told. Without
 * an outcome and without a code there are no rows: what was not told is not the same as what was not sent.
 */
export function verificationOf(judged: Judged): Verified {
  const { network, networkFrom, threeDsFlow: flow, verification, status } = judged;
  const context = { network, networkFrom, flow };
  const anomalies = anomaliesOf(judged);
  const row = (name: FoundAnomaly["row"] | "advice", label: string, readings: CheckedCodes["readings"]) => ({
    id: `verification-${name}`,
    label,
    readings,
    anomalies: anomalies.filter((anomaly) => anomaly.row === name),
  });
  const one = (kind: string, reading: CodeReading) => [{ kind, reading }];
  const failed = status === "FAILED";
  const advice = verification?.merchantAdviceCode ?? null;
  const rows = [
    row("eci", "ECI", one("ECI", decodeEci(judged.eci, context))),
    row("cvn", "CVN", one("CVN", decodeCvn(judged.cvn, context))),
    row("avs", "AVS", one("AVS", decodeAvs(judged.avs, context))),
    row("response", "Network response", one("Response", decodeResponse(judged.response, context))),
    ...(failed || !isBlank(judged.failureCode)
      ? [row("failure", "Failure code", one("Failure", decodeFailure(judged.failureCode)))]
      : []),
    ...(failed || !isBlank(advice) ? [row("advice", "Merchant advice", one("Advice", decodeAdvice(advice)))] : []),
    row("threeds", "3-D Secure", [
      { kind: "3DS flow", reading: decode3dsFlow(flow) },
      ...sent("3DS status", decode3dsStatus(verification?.threeDsStatus ?? null)),
      ...sent("3DS reason", decode3dsReason(verification?.threeDsStatusReason ?? null)),
      ...sent("Challenge", decodeChallengeCancel(verification?.challengeCancelCode ?? null)),
    ]),
  ];
  return {
    rows: isUntold(judged) ? [] : rows,
    others: anomalies.filter((anomaly) => anomaly.row === "money"),
  };
}

function isUntold({ status, eci, cvn, avs, response, failureCode, threeDsFlow, verification }: Judged): boolean {
  if (status === "SUCCEEDED" || status === "AUTHORIZED" || status === "FAILED") return false;
  const { threeDsStatus, threeDsStatusReason, challengeCancelCode, merchantAdviceCode } = verification ?? {};
  const more = [threeDsStatus, threeDsStatusReason, challengeCancelCode, merchantAdviceCode];
  const codes = [eci, cvn, avs, response, failureCode, threeDsFlow, ...more];
  return codes.every(isBlank);
}

/** These come with declines and failed challenges only: absent is the normal case and not worth a line. */
function sent(kind: string, reading: CodeReading): CheckedCodes["readings"] {
  return isBlank(reading.code) ? [] : [{ kind, reading }];
}
