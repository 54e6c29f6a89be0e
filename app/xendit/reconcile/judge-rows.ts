import { environmentLabel } from "../../lib/environment.ts";
import { isRefunded, refundedAt } from "./charges.ts";
import type { LinkedBy } from "./classes.ts";
import { money } from "./findings.ts";
import type { LinkedRow } from "./group-facts.ts";
import { amountOf, type Judging, judgeDue } from "./judge-payments.ts";
import type { PaymentPairing } from "./pair-payments.ts";
import type { RefundPairing } from "./pair-refunds.ts";
import { codeOf, isCardRow, kindOfRow, standingOf } from "./row-kind.ts";

/** How each row came into the group, and what its reports say of it. */
export function judgeLinks({ facts, findings }: Judging): void {
  const counts = new Map<LinkedBy, number>();
  for (const { transactionId: row, reference, link, disagreements } of facts.rows) {
    const { linkedBy, otherEnvironment, candidates, sameReference } = link;
    if (linkedBy !== null && facts.request) counts.set(linkedBy, (counts.get(linkedBy) ?? 0) + 1);
    else if (linkedBy === "hand") findings.find("linked_by_hand", "kept_apart", { row });
    else if (otherEnvironment !== null)
      findings.find("environment_mix", "other_environment", { row, environment: environmentLabel[otherEnvironment] });
    else if (candidates.length > 0)
      findings.find("ambiguous", "candidates", { row, payments: candidates.join(" or ") });
    else findings.tell("not_linked", { row });
    if (sameReference.length > 0) {
      const values = { row, reference: reference ?? "", payments: sameReference.join(", ") };
      findings.find("same_reference", "same_reference", values);
    }
    if (disagreements.length > 0)
      findings.find("reports_disagree", "tellings_differ", { row, fields: disagreements.join(", ") });
  }
  for (const [by, count] of counts) {
    findings.tell("linked", { by, rows: String(count) });
    if (by === "hand") findings.note("linked_by_hand");
    if (by === "reference") findings.note("linked_by_reference");
  }
}

/** Money in the report that nothing of ours accounts for. Where another reason is known, that one is enough. */
export function judgeUnknown({ facts, findings }: Judging, payments: PaymentPairing, refunds: RefundPairing): void {
  const isExplained = (row: LinkedRow) => row.link.otherEnvironment !== null || row.link.candidates.length > 0;
  const find = (row: LinkedRow, step: Parameters<typeof findings.tell>[0]) => {
    const values = { row: row.transactionId, ...amountOf(row) };
    if (isExplained(row)) findings.tell(step, values);
    else findings.find("missing_in_paydesk", step, values);
  };
  for (const row of payments.unknown) find(row, "unknown_payment");
  for (const row of refunds.unknown) find(row, "unknown_refund");
  if (facts.request) return;
  for (const row of facts.rows) {
    const kind = kindOfRow(row);
    const standing = standingOf(row);
    if (kind === "chargeback" && standing !== "none") find(row, "unknown_chargeback");
    if (kind === "payment" && (standing === "waiting" || standing === "unknown")) find(row, "waiting_elsewhere");
    if (kind === "refund" && standing === "unknown") find(row, "unknown_refund");
  }
}

export function judgeRefunds(judging: Judging, { pairs, uncovered }: RefundPairing): void {
  const { facts, findings } = judging;
  for (const { refund, row } of pairs) {
    const isOurs = isRefunded(refund);
    const ours = { minor: refund.amountMinor, raw: refund.amountRaw, currency: refund.currency };
    const theirs = { minor: row.amountMinor, raw: row.amountRaw, currency: row.currency };
    const both = { row: row.transactionId, ...money(ours, "refunded"), ...money(theirs, "reported") };
    if (isOurs !== (standingOf(row) === "moved")) {
      const values = { row: row.transactionId, reported: row.status ?? "SUCCESS", ours: refund.status };
      findings.find("status_differs", "refund_status", values);
    } else if (!isOurs) {
      findings.tell("no_money", { row: row.transactionId, reported: row.status ?? "" });
    } else if (ours.currency !== null && theirs.currency !== null && ours.currency !== theirs.currency) {
      findings.find("currency_differs", "refund_currency", both);
    } else if (ours.minor !== null && theirs.minor !== null && ours.minor !== theirs.minor) {
      findings.find("amount_differs", "refund_differs", both);
    } else findings.tell("refund_equal", { row: row.transactionId, ...money(theirs) });
  }
  for (const refund of uncovered) {
    const amount = money({ minor: refund.amountMinor, raw: refund.amountRaw, currency: refund.currency });
    judgeDue(judging, refundedAt(refund), amount, ["refund_overdue", "refund_not_due"]);
  }
  const isReported = facts.rows.some((row) => kindOfRow(row) === "refund" && standingOf(row) === "moved");
  if (isReported || facts.refunds.some(isRefunded)) findings.note("refunded");
}

/** Money the report takes back. A dispute of ours accounts for it, whatever became of the dispute. */
export function judgeChargebacks({ facts, findings }: Judging): void {
  for (const row of facts.rows) {
    const standing = standingOf(row);
    const isBack = kindOfRow(row) === "chargeback" && standing !== "none";
    if (!isBack && !(kindOfRow(row) === "payment" && standing === "reversed")) continue;
    const values = { row: row.transactionId, ...amountOf(row) };
    const [dispute] = facts.disputes;
    if (!dispute) findings.find("charged_back_without_dispute", "charged_back", values);
    else findings.find("charged_back_with_dispute", "charged_back_disputed", { ...values, dispute: dispute.disputeId });
    if (isBack && standing === "reversed") findings.tell("chargeback_undone", { row: row.transactionId });
  }
}

/** Rows that add nothing are named all the same. */
export function tellOtherRows({ facts, findings }: Judging): void {
  for (const row of facts.rows) {
    const kind = kindOfRow(row);
    if (facts.request === null && !isCardRow(row)) {
      const what = [row.type, row.channel].flatMap((code) => (code === null ? [] : [codeOf(code)])).join(" by ");
      findings.tell("not_card", { row: row.transactionId, what: what || "of no type" });
    } else if (kind === "other") findings.tell("other_row", { row: row.transactionId, type: row.type ?? "unknown" });
    else if (kind !== "refund" && standingOf(row) === "none" && !findings.has("status_differs")) {
      findings.tell("no_money", { row: row.transactionId, reported: row.status ?? "" });
    }
  }
}
