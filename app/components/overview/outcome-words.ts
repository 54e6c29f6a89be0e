import type { Outcome } from "~/domain/overview/overview.ts";

export const outcomeWord: Record<Outcome, string> = {
  approved: "Paid or held",
  failed: "Failed",
  waiting: "Waiting",
  ended: "Voided, expired, other",
};

export const outcomeColour: Record<Outcome, string> = {
  approved: "var(--color-good-mark)",
  failed: "var(--color-bad-mark)",
  waiting: "var(--color-waiting-mark)",
  ended: "var(--color-unknown-mark)",
};

export function figure(value: number): string {
  return new Intl.NumberFormat("en").format(value);
}
