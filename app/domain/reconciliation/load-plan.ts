import type { LoadedRow, LoadProblem } from "./loaded-row.ts";

/** What a filled-in work list would change, row by row, before anything does. Browser-safe. */
export interface LoadPlan {
  readonly changes: readonly PlannedChange[];
  /** Rows that ask for nothing that is not so already. */
  readonly same: number;
  /** Rows whose exception is not as it was when the file was exported. */
  readonly changed: readonly LoadProblem[];
  /** Rows that are not understood, or ask for what cannot be done. */
  readonly problems: readonly LoadProblem[];
}

export interface PlannedChange {
  readonly row: LoadedRow;
  /** What it comes to, in the order it is done. */
  readonly acts: readonly PlannedAct[];
}

export type PlannedAct =
  | {
      readonly act: "assign";
      readonly before: string | null;
      readonly after: string | null;
      readonly assigneeId: string | null;
    }
  | { readonly act: "comment"; readonly text: string; readonly commentId: string }
  | { readonly act: "accept"; readonly reason: string }
  | { readonly act: "write_off"; readonly reason: string; readonly amount: string };

/** The rows that change something, as the form that confirms them carries them. */
export function confirmedText({ changes }: LoadPlan): string {
  return JSON.stringify(changes.map(({ row }) => row));
}

/** Rows that are looked at in one file. */
export const MOST_LOADED = 5_000;
/** What is sent again to confirm it, as JSON: it must fit a form. */
export const MAX_CONFIRMED = 900 * 1024;

export const loadRefusals = {
  too_many_rows: `The file has more than ${MOST_LOADED.toLocaleString("en")} rows. Leave out those that are not filled in.`,
  too_much: "These are more changes than one form can confirm. Load the file in two halves.",
  not_a_file: "Choose a file first.",
  not_understood: "This form was not understood. Choose the file again.",
} as const;
