import { doesNotFit } from "./amounts.ts";
import { eciFitsNetwork } from "./codes/eci.ts";
import { sortedFlags } from "./flags.ts";
import type { FoldedPayment } from "./fold-payment.ts";
import type { BareRequestRow, RequestParts } from "./fold-request.ts";
import { eventContradictsStatus } from "./fold-session.ts";
import type { Observation } from "./observation.ts";
import { earliest } from "./order.ts";
import type { Disagreement, Flag, PaymentRow } from "./projection.ts";
import { factsOf } from "./read-observation.ts";

/** What is remarkable about a payment request (RULES 5, "Flags"). Never a status. */
export function requestFlags(
  row: BareRequestRow,
  parts: RequestParts,
  disagreements: readonly Disagreement[],
  paidTwice: boolean,
): readonly Flag[] {
  const flags: Flag[] = [
    ...parts.marks,
    ...expiryFlags(row, parts),
    ...amountFlags(row, parts),
    ...refundFlags(row),
    ...parts.payments.flatMap(paymentFlags),
  ];
  if (isLateSuccess(row, parts)) flags.push("late_success");
  if (parts.disputes.length > 0) flags.push("disputed");
  if (paidTwice && row.status === "SUCCEEDED") flags.push("paid_twice");
  if (disagreements.length > 0) flags.push("sources_disagree");
  if (row.sessionLink === "claimed") flags.push("claimed");
  if (parts.about.some(eventContradictsStatus)) flags.push("event_and_status_disagree");
  return sortedFlags(flags);
}

/** Time never demotes and never promotes: success beside one of these is late, whichever arrived or is dated first. */
const UNDONE: ReadonlySet<string> = new Set(["FAILED", "CANCELED", "EXPIRED"]);

function isLateSuccess(row: BareRequestRow, { payments, words }: RequestParts): boolean {
  if (row.status !== "SUCCEEDED") return false;
  const undone = (observation: Observation) => observation.status !== null && UNDONE.has(observation.status);
  const paid = payments.filter((payment) => payment.row.status === "SUCCEEDED");
  return words.some(undone) || paid.some((payment) => payment.observations.some(undone));
}

function expiryFlags(row: BareRequestRow, { words, payments, session }: RequestParts): readonly Flag[] {
  const observations = [...words, ...payments.flatMap((payment) => payment.observations), ...session];
  const reports = observations.filter((observation) => observation.status === "EXPIRED");
  if (row.status !== "SUCCEEDED" || reports.length === 0) return [];
  const expiry = earliest(reports.map((report) => factsOf(report).expiresAt ?? report.time));
  const isAfter = row.capturedAt !== null && expiry !== null && row.capturedAt > expiry;
  return [isAfter ? "paid_after_expiry" : "paid_expiry_also_reported"];
}

function amountFlags(row: BareRequestRow, { payments, refunds, disputes }: RequestParts): readonly Flag[] {
  const flags: Flag[] = [];
  const { amountMinor: requested, capturedMinor: captured } = row;
  if (requested !== null && captured !== null && captured > 0) {
    if (captured < requested) flags.push("captured_in_part");
    if (captured !== requested) flags.push("captured_not_requested");
  }
  const amounts = [row, ...payments.flatMap((payment) => [payment.row, ...payment.captures]), ...refunds, ...disputes];
  if (amounts.some(doesNotFit)) flags.push("amount_does_not_fit_currency");
  return flags;
}

/** Where the captured amount is not known, the requested one stands in. */
function refundFlags({ refundedMinor, capturedMinor, amountMinor }: BareRequestRow): readonly Flag[] {
  if (refundedMinor <= 0) return [];
  const captured = capturedMinor ?? amountMinor;
  if (captured === null || refundedMinor < captured) return ["refunded_in_part"];
  return [refundedMinor === captured ? "refunded_in_full" : "refunded_above_captured"];
}

function paymentFlags({ row, observations }: FoldedPayment): readonly Flag[] {
  const flags: Flag[] = [];
  const held = observations.some((observation) => observation.status === "AUTHORIZED");
  if (row.status === "FAILED" && held) flags.push("held_and_failed");
  if (eciFitsNetwork(row.eci, row.verification.network) === false) flags.push("eci_does_not_fit_network");
  if (row.status !== "SUCCEEDED" && row.status !== "AUTHORIZED") return flags;
  if (isNoMatch(row.cvn)) flags.push("cvn_n_yet_approved");
  if (isNoMatch(row.avs)) flags.push("avs_n_yet_approved");
  if (isWithoutThreeDs(row, observations)) flags.push("approved_without_3ds");
  return flags;
}

/** Older bodies say it in words. */
function isNoMatch(code: string | null): boolean {
  return code !== null && /^(n|no[ _]?match|not[ _]match(ed)?)$/i.test(code);
}

/** Said only where the issuer's answer is there: a body without payment details tells nothing either way. */
function isWithoutThreeDs({ eci, verification }: PaymentRow, observations: readonly Observation[]): boolean {
  const facts = observations.map(factsOf);
  if (!facts.some((one) => one.hasAuthorization) || facts.some((one) => one.hasAuthentication)) return false;
  return !eci && verification.threeDsFlow === null && verification.threeDsStatus === null;
}
