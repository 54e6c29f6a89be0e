import { decodeAdvice } from "~/xendit/codes/advice.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { decode3dsFlow, decode3dsReason, decode3dsStatus, decodeChallengeCancel } from "~/xendit/codes/three-ds.ts";
import type { ValueName } from "~/xendit/facts.ts";
import type { PaymentRequestRow, Verification } from "~/xendit/projection.ts";
import type { SourceBook } from "./proof-sources.ts";

/** A code as received with its reading, and who told it. */
export interface ProofResult {
  readonly name: string;
  /** Its name in Xendit's bodies. */
  readonly field: string;
  readonly reading: CodeReading;
  readonly from: readonly string[];
}

export interface TableUsed {
  readonly name: string;
  readonly version: string;
  readonly source: string;
}

interface Decisive {
  readonly paymentId: string;
  readonly verification: Verification;
}

type Codes = Pick<
  PaymentRequestRow,
  "eci" | "cvn" | "avs" | "response" | "failureCode" | "network" | "networkFrom" | "threeDsFlow"
>;

/** The checks that always matter first, absent or not; then those that come only when something went wrong. */
export function proofResults(request: Codes, decisive: Decisive | null, book: SourceBook): readonly ProofResult[] {
  const context = { network: request.network, networkFrom: request.networkFrom, flow: request.threeDsFlow };
  const told = decisive?.verification ?? null;
  const result = (name: string, field: string, value: ValueName, reading: CodeReading): ProofResult => ({
    name,
    field,
    reading,
    from: book.telling([value], reading.code, decisive?.paymentId ?? null),
  });
  const always = [
    result("Network response", "network_response_code", "response", decodeResponse(request.response, context)),
    result("CVN", "cvn_verification_result", "cvn", decodeCvn(request.cvn, context)),
    result("AVS", "address_verification_result", "avs", decodeAvs(request.avs, context)),
    result("3-D Secure flow", "flow", "threeDsFlow", decode3dsFlow(request.threeDsFlow)),
    result("ECI", "eci", "eci", decodeEci(request.eci, context)),
  ];
  const whenSent = [
    result("Failure", "failure_code", "failureCode", decodeFailure(request.failureCode)),
    result("3-D Secure status", "trans_status", "threeDsStatus", decode3dsStatus(told?.threeDsStatus ?? null)),
    result(
      "3-D Secure reason",
      "trans_status_reason",
      "threeDsStatusReason",
      decode3dsReason(told?.threeDsStatusReason ?? null),
    ),
    result(
      "Challenge cancelled",
      "challenge_cancel",
      "challengeCancelCode",
      decodeChallengeCancel(told?.challengeCancelCode ?? null),
    ),
    result(
      "Merchant advice",
      "merchant_advice_code",
      "merchantAdviceCode",
      decodeAdvice(told?.merchantAdviceCode ?? null),
    ),
  ];
  return [...always, ...whenSent.filter(({ reading }) => reading.code !== null && reading.code !== "")];
}

/** Each table once, in the order of first use. */
export function tablesUsed(results: readonly ProofResult[]): readonly TableUsed[] {
  const tables = results.map(({ reading: { table } }) => [table.name, table] as const);
  return [...new Map(tables).values()].map(({ name, version, source }) => ({ name, version, source }));
}
