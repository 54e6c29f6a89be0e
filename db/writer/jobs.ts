import type { RuleSet } from "../../app/xendit/reconcile/rules.ts";
import type {
  Arrival,
  Captured,
  Change,
  CloseDayOrder,
  DayClosed,
  Expunged,
  GroupChange,
  ImportRows,
  MatchOrder,
  Observed,
  OtherObservation,
  RowsImported,
  WriteOutcome,
} from "../database.ts";
import type { PlainError } from "../errors.ts";
import type { MatchCheck } from "../schema/reconciliation.ts";
import type { Tallies } from "./match/check.ts";

/**
 * What the writer can be asked to do. Jobs cross a thread, so they are plain data. Each runs whole and synchronously, and
 * jobs sent together share one commit.
 */
export interface Jobs {
  capture: { readonly input: Arrival; readonly value: Captured };
  observe: { readonly input: OtherObservation; readonly value: Observed };
  write: { readonly input: readonly PlainStatement[]; readonly value: WriteOutcome };
  refuse: { readonly input: Refusal; readonly value: null };
  reprocess: { readonly input: readonly string[]; readonly value: { readonly processed: number } };
  refold: { readonly input: null; readonly value: { readonly left: boolean } };
  rebuild: { readonly input: RebuildStep | null; readonly value: RebuildStep };
  expunge: { readonly input: ExpungeJob; readonly value: Expunged };
  /** Runs alone, outside any transaction. */
  checkpoint: { readonly input: null; readonly value: { readonly isWhole: boolean } };
  closeDay: { readonly input: CloseDayOrder; readonly value: DayClosed };
  importRows: { readonly input: ImportRows; readonly value: RowsImported };
  match: { readonly input: MatchJob; readonly value: MatchStep };
  clearDemo: { readonly input: ClearStep | null; readonly value: ClearStep };
}

export type JobKind = keyof Jobs;
export type JobOf<Kind extends JobKind> = { readonly kind: Kind; readonly input: Jobs[Kind]["input"] };
export type Job = { [Kind in JobKind]: JobOf<Kind> }[JobKind];
export type JobValue = Jobs[JobKind]["value"];

export interface PlainStatement {
  readonly sql: string;
  readonly params: readonly unknown[];
  readonly rows: number | "any";
}

export interface Refusal {
  readonly reason: string;
  readonly size: number | null;
  readonly address: string | null;
  readonly refusedAt: number;
}

export interface ExpungeJob {
  readonly eventId: string;
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  /** Kept with it or not at all. */
  readonly also: readonly PlainStatement[];
}

/** Where a rebuild stands after a slice. */
export interface RebuildStep {
  readonly phase: "read" | "sweep" | "fold" | "count" | "done";
  /** Which table or environment the phase is at, by its place in a fixed list. */
  readonly part: number;
  /** The last row, or the next hour, of that part that is done with. */
  readonly after: number;
  /** Observations that came later were folded by this code as they came. */
  readonly upTo: number;
  readonly done: number;
  readonly total: number;
}

export interface MatchJob {
  readonly order: MatchOrder;
  /** `null` begins. */
  readonly step: MatchStep | null;
}

/** Where a match stands after a slice. */
export interface MatchStep {
  readonly phase: "link" | "payment" | "group" | "check" | "done";
  /** The last row, payment or group key that is done with. */
  readonly after: string;
  /** By the writer's own clock. */
  readonly startedAt: number;
  readonly done: number;
  readonly total: number;
  /** The same for all slices, whatever is changed meanwhile. */
  readonly rules: RuleSet;
  readonly zone: string;
  readonly groups: number;
  readonly changed: number;
  /** Of this slice. */
  readonly changes: readonly GroupChange[];
  readonly tallies: Tallies;
  readonly check: MatchCheck | null;
}

export interface ClearStep {
  readonly after: number;
  readonly upTo: number;
  readonly payments: number;
  readonly left: boolean;
}

export type JobReply =
  | { readonly ok: true; readonly value: JobValue; readonly changes: readonly Change[]; readonly refold?: boolean }
  | { readonly ok: false; readonly error: PlainError };

/** What a job did: its answer and what watchers should hear of. `refold` asks for a `refold` job when there is time. */
export interface Done<Value> {
  readonly value: Value;
  readonly changes: readonly Change[];
  readonly refold?: boolean;
}
