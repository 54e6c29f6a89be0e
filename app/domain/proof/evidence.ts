import { z } from "zod";
import { isEnvironment } from "~/lib/environment.ts";

/** The order of an evidence bundle: its form, its limits, and why one is refused. Pure and browser-safe. */

export const EvidenceForm = z.object({
  environment: z
    .string()
    .optional()
    .refine((value) => value === undefined || isEnvironment(value), "Not an environment")
    .transform((value) => (isEnvironment(value) ? value : null)),
  reason: z
    .string({ error: "Say what it is for, in a few words" })
    .trim()
    .min(3, "Say what it is for, in a few words")
    .max(300, "At most 300 characters"),
  personal: z.literal("yes", { error: "Not understood" }).optional(),
  notes: z.literal("yes", { error: "Not understood" }).optional(),
});

/** Beyond these a bundle is refused, never cut: half of the evidence is no evidence. */
export const EVIDENCE_LIMITS = { events: 2000, receipts: 20_000, answers: 2000, bytes: 100 * 1024 * 1024 } as const;

export type EvidenceRefusal =
  | "too_many_events"
  | "too_many_receipts"
  | "too_many_answers"
  | "too_many_movements"
  | "too_large";

export const evidenceRefusals: Record<EvidenceRefusal, string> = {
  too_many_events:
    "More than 2,000 webhooks belong to this payment, too many for one bundle. Nothing was cut and nothing was saved; take the webhooks from the Webhooks list.",
  too_many_receipts:
    "More than 20,000 arrivals belong to this payment, too many for one bundle. Nothing was cut and nothing was saved.",
  too_many_answers:
    "More than 2,000 answers of Xendit's API belong to this payment, too many for one bundle. Nothing was cut and nothing was saved.",
  too_many_movements:
    "More captures, refunds, disputes or tries belong to this payment than one bundle takes. Nothing was cut and nothing was saved.",
  too_large:
    "The stored bodies of this payment are more than 100 MB, too much for one bundle. Nothing was cut and nothing was saved.",
};

/** What every file of a bundle may name: when it was made, for whom, why, and what it shows. */
export interface EvidenceStamp {
  readonly createdAt: number;
  readonly createdBy: string;
  readonly reason: string;
  readonly includesPersonal: boolean;
  readonly includesNotes: boolean;
  /** For `proof.html`; everything else is in UTC. */
  readonly zone: string;
}

/** Ids of Xendit's are somebody else's text; a file name is not the place for surprises. */
export function evidenceName(paymentRequestId: string): string {
  return `evidence-${paymentRequestId.replace(/[^\w-]/g, "").slice(0, 80)}.zip`;
}
