import { isKnownCurrency, minorToDecimal } from "../../lib/money.ts";
import { type ExplanationStep, NOTES, type Note, RECONCILIATION_CLASSES, type ReconciliationClass } from "./classes.ts";
import type { StepName } from "./explain.ts";

export type Found = ReconciliationClass | Note;

/** What holds of a group, while it is looked at from one side after the other. */
export class Findings {
  readonly #found = new Set<Found>();
  readonly #steps: ExplanationStep[] = [];
  #changesAt: number | null = null;

  /** Says something without anything holding by it. */
  tell(step: StepName, values: ExplanationStep["values"] = {}): void {
    this.#steps.push({ step, values });
  }

  note(found: Found): void {
    this.#found.add(found);
  }

  find(found: Found, step: StepName, values: ExplanationStep["values"] = {}): void {
    this.note(found);
    this.tell(step, values);
  }

  /** What holds now holds no longer from then on. */
  until(at: number): void {
    this.#changesAt = this.#changesAt === null ? at : Math.min(this.#changesAt, at);
  }

  has(found: Found): boolean {
    return this.#found.has(found);
  }

  /** The first class that holds, in the order of RULES 8; whatever else holds is a note. */
  close() {
    const first = RECONCILIATION_CLASSES.find((one) => this.#found.has(one)) ?? "matched";
    return {
      class: first,
      notes: NOTES.filter((note) => note !== first && this.#found.has(note)),
      explanation: this.#steps,
      changesAt: this.#changesAt,
    };
  }
}

/** An amount as a step names it: its digits beside its currency. */
export function money(
  of: { readonly minor: number | bigint | null; readonly raw?: string | null; readonly currency: string | null },
  name = "amount",
): Record<string, string> {
  const { minor, raw, currency } = of;
  const digits = minor !== null && isKnownCurrency(currency) ? minorToDecimal(minor, currency) : (raw ?? "unknown");
  return { [name]: currency === null ? digits : `${digits} ${currency}` };
}
