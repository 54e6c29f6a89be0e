import type { BusinessDay } from "~/lib/time.ts";
import type { Figures, Sums } from "./figures.ts";

/** What a group adds to or takes from what is on record of a closed day, signed. */
export interface Adjustment {
  readonly groupKey: string;
  readonly reference: string | null;
  /** The day whose money it is. */
  readonly day: BusinessDay;
  /** The closed day that put it on record; `null` while it waits for one. */
  readonly period: BusinessDay | null;
  readonly currency: string;
  readonly sums: Sums;
}

/** All of them in figures, and a page of them by name. */
export interface Adjusted {
  readonly groups: number;
  readonly figures: readonly Figures[];
  readonly named: readonly Adjustment[];
  /** Where the list by name goes on; `null` at its end. */
  readonly next: string | null;
}
