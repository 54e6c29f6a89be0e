import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Environment } from "../app/lib/environment.ts";
import type { BusinessDay } from "../app/lib/time.ts";
import type { ReconciliationClass } from "../app/xendit/reconcile/classes.ts";
import type { RuleSet } from "../app/xendit/reconcile/rules.ts";
import type { ReportVersion } from "../app/xendit/report/report-head.ts";
import type { RowProblem } from "../app/xendit/report/report-line.ts";
import type { ReportRow } from "../app/xendit/report/telling.ts";
import type { MatchCheck } from "./schema/reconciliation.ts";
import type { ReportKind } from "./schema/reports.ts";
import type * as tables from "./schema/sqlite.ts";

export type Tables = typeof tables;

/**
 * Something to select from. `db.read` answers on the main thread (only what an index answers in a few milliseconds);
 * `db.heavy` is the reader worker with a deadline (exports, exact counts, scans). Always `await`, never `.all()`.
 */
export type Reader = BaseSQLiteDatabase<"sync" | "async", unknown, Tables>;

/** A statement of an atomic write and how many rows it must change. `"any"` when every count is right. */
export interface Statement {
  readonly query: { toSQL(): { sql: string; params: unknown[] } };
  readonly rows: number | "any";
}

/** `at` is the statement whose count did not fit; nothing of the list was kept. */
export type WriteOutcome = { readonly ok: true } | { readonly ok: false; readonly at: number; readonly rows: number };

/** One webhook at the door, token already matched. `bytes` are as received; masking comes before anything is written. */
export interface Arrival {
  readonly environment: Environment;
  readonly bytes: Uint8Array;
  /** Lower-cased names, in order of arrival; secrets and cookies already dropped. */
  readonly headers: readonly (readonly [string, string])[];
  readonly webhookId: string | null;
  readonly tokenLabel: string | null;
  readonly address: string | null;
  /** Value of our replay header, when one of our own replays came back to us. */
  readonly replayHeader: string | null;
  readonly receivedAt: number;
}

export interface Captured {
  readonly eventId: string;
  readonly duplicate: boolean;
  readonly quarantined: boolean;
}

/** Another observation than a webhook: an answer of the API, or the browser's hand-back. `body` is masked like any. */
export interface OtherObservation {
  readonly environment: Environment;
  readonly source: "api" | "claim";
  readonly subject: "session" | "payment_request" | "payment" | "refund" | "token";
  readonly bytes: Uint8Array;
  readonly receivedAt: number;
}

/** `known`: the same content from the same source was there already, under that id. */
export interface Observed {
  readonly observed: "new" | "known";
  readonly observationId: number;
}

export interface ExpungeOrder {
  readonly eventId: string;
  /** The operator's id. */
  readonly by: string;
  readonly reason: string;
  /** UTC milliseconds. */
  readonly at: number;
  /** Kept with it or not at all: its audit entry. */
  readonly also: readonly Statement[];
}

/** `eventIds`: every event of that very content, the one asked for first. `misfit`: a statement of `also` did not fit. */
export type Expunged =
  | { readonly outcome: "expunged"; readonly eventIds: readonly string[] }
  | { readonly outcome: "absent" | "already" | "misfit" };

export interface CloseDayOrder {
  readonly environment: Environment;
  readonly day: BusinessDay;
  /** The accounting zone it was found to be over in; when it is another by now, nothing is closed. */
  readonly zone: string;
  /** Whether the exceptions that are open are known to whoever closes. */
  readonly acceptsOpen: boolean;
  readonly operator: { readonly operatorId: string; readonly email: string };
  readonly auditId: string;
  /** UTC milliseconds. */
  readonly at: number;
}

export type DayClosed =
  | { readonly outcome: "closed"; readonly digest: string; readonly openExceptions: number }
  | { readonly outcome: "open_exceptions"; readonly openExceptions: number }
  | { readonly outcome: "closed_before" | "zone_changed" };

/** One slice of a report on its way in, up to 500 rows. */
export interface ImportRows {
  readonly environment: Environment;
  readonly importId: string;
  readonly rows: readonly ReportRow[];
  /** Of one row all or none. */
  readonly bad: readonly RowProblem[];
  /** Where the slice begins: the import's position, or it was taken in before. */
  readonly startsAt: number;
  /** Where reading goes on. */
  readonly position: number;
  readonly cursor: string | null;
  readonly lines: number;
  readonly kind: ReportKind;
  readonly version: ReportVersion | null;
  readonly zone: string | null;
  /** The earliest and latest creation among the rows; `null` leaves what the import says. */
  readonly from: number | null;
  readonly to: number | null;
}

/** `isTaken` is false when the slice does not begin where the import stands, or the import is not under way any more. */
export interface RowsImported {
  readonly isTaken: boolean;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly bad: number;
}

export interface MatchOrder {
  readonly environment: Environment;
  /** What is due is due by then; UTC milliseconds. */
  readonly now: number;
  /** Only these groups, and what their rows lead to now. */
  readonly groupKeys?: readonly string[];
  /** Other rules than those on record. */
  readonly rules?: RuleSet;
  /** Writes nothing and says what would change. */
  readonly isDryRun?: boolean;
}

/** A group that would be in another class; `null` for none. */
export interface GroupChange {
  readonly groupKey: string;
  readonly before: ReconciliationClass | null;
  readonly after: ReconciliationClass | null;
  readonly currency: string | null;
  readonly difference: number | null;
}

export interface Matched {
  readonly groups: number;
  /** Groups that were made, changed or removed. */
  readonly changed: number;
  /** Of a whole match that wrote. */
  readonly check: MatchCheck | null;
  /** Every one, of a dry run. */
  readonly changes: readonly GroupChange[];
}

export interface Change {
  readonly environment: Environment;
  readonly businessId: string | null;
  readonly paymentRequestId: string | null;
  readonly paymentSessionId: string | null;
  readonly eventId: string | null;
}

/**
 * The store (DESIGN 4). One per process, opened by the server and handed to loaders in the load context. The
 * implementation chooses the thread; callers only await.
 */
export interface Database {
  readonly tables: Tables;
  readonly read: Reader;
  /** A reader in the worker, stopped after `deadlineMs` (default 30 s) or when `signal` aborts, with a `DeadlineError`. */
  heavy(options?: { deadlineMs?: number; signal?: AbortSignal }): Reader;
  /** Builds a query once per store and name; use drizzle's `sql.placeholder` for its values and `.prepare()` it. */
  prepared<Query>(name: string, build: (read: Reader, tables: Tables) => Query): Query;
  /** All or nothing, in one transaction, durable when it resolves. A wrong row count is a value, not an exception. */
  write(statements: readonly Statement[]): Promise<WriteOutcome>;
  /** Durable when it resolves (group commit). Throws when it cannot be stored. */
  capture(arrival: Arrival): Promise<Captured>;
  observe(observation: OtherObservation): Promise<Observed>;
  /** Keeps the last 1,000. */
  refuse(refusal: { reason: string; size: number | null; address: string | null; refusedAt: number }): Promise<void>;
  /** Reads stored bytes again through classify and fold ("process again here"). Counts what changed state. */
  reprocess(eventIds: readonly string[]): Promise<{ readonly processed: number }>;
  /** Folds everything again, in slices; `progress` is called between them. */
  rebuild(progress?: (done: number, total: number) => void): Promise<{ readonly observations: number }>;
  /** Deletes every sandbox observation, event, projected row, test session, and what the sandbox itself keeps of them. */
  clearDemo(): Promise<{ readonly payments: number }>;
  /**
   * Takes the bytes of an event, and of everything of the same content, out of the store for good: rows, free pages and
   * write-ahead log. Digest and size stay. `isWiped` is false when a long read kept the log from being emptied in time; it
   * is emptied when the store closes.
   */
  expunge(order: ExpungeOrder): Promise<Expunged & { readonly isWiped: boolean }>;
  /** Puts a day on record and freezes it, with its audit entry, in one transaction (decision 7). */
  closeDay(order: CloseDayOrder): Promise<DayClosed>;
  /** Between captures: a slice waits for them, and they for one slice at most. */
  importRows(slice: ImportRows): Promise<RowsImported>;
  /** Lays what was captured beside what is reported (decision 7), in slices; `progress` is called between them. */
  match(order: MatchOrder, progress?: (done: number, total: number) => void): Promise<Matched>;
  onChange(listener: (changes: readonly Change[]) => void): () => void;
  /** Waits for what is in flight, checkpoints, closes threads. */
  close(): Promise<void>;
}
