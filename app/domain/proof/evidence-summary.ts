import { toIso } from "~/lib/time.ts";
import type { EvidenceStamp } from "./evidence.ts";
import type { Proof, ProofEntry } from "./proof.ts";
import type { ProofResult } from "./proof-results.ts";

/** The proof as data: names in the manner of Xendit's bodies, instants ISO UTC, sources by their short names. */
export function evidenceSummary(proof: Proof, stamp: EvidenceStamp) {
  const { standing } = proof;
  return {
    format: "paydesk-evidence/1",
    created_at_utc: toIso(stamp.createdAt),
    created_by: stamp.createdBy,
    reason: stamp.reason,
    personal_data_included: stamp.includesPersonal,
    environment: proof.environment,
    is_real_money: standing.unreal === null,
    payment_request_id: proof.paymentRequestId,
    reference_id: proof.referenceId,
    status: proof.status,
    is_proof_of_payment: standing.isPaid && standing.unreal === null,
    standing: standing.sentence,
    reservations: standing.reservations,
    verdict: proof.verdict,
    amounts: proof.amounts,
    ids: proof.ids.map(({ isId: _, ...fact }) => fact),
    captures: proof.captures.map(entry),
    refunds: proof.refunds.map(entry),
    disputes: proof.disputes.map(entry),
    payments: proof.payments.map(entry),
    results: proof.results.map(result),
    payment_details: proof.details.map(({ isId: _, ...fact }) => fact),
    flags: proof.flags,
    disagreements: proof.disagreements,
    sources: proof.sources.map(({ receivedAt, ...source }) => ({ ...source, receivedAtUtc: toIso(receivedAt) })),
    tables: proof.tables,
  };
}

function entry({ at, ...rest }: ProofEntry) {
  return { ...rest, atUtc: at === null ? null : toIso(at) };
}

function result({ name, field, reading, from }: ProofResult) {
  const { tone: _, ...said } = reading;
  return { name, field, ...said, from };
}
