import type { CsvColumn } from "~/lib/csv.ts";
import { csvMoney } from "../lists/csv-money.ts";
import { ageOf, ageSpan } from "./exception.ts";
import type { ExceptionRow } from "./exception-list.server.ts";

/**
 * What a file of the work list holds of each exception, and what comes back filled in (loaded-row.ts): `assignee`,
 * `resolution`, `resolution_reason` and `comment`. `facts_digest` says which facts a resolution written beside it is about.
 */
export function exceptionCsvColumns({ now }: { readonly now: number }): readonly CsvColumn<ExceptionRow>[] {
  return [
    { name: "group_key", kind: "text", value: (row) => unrounded(row.groupKey) },
    { name: "environment", kind: "text", value: (row) => row.environment },
    { name: "class", kind: "text", value: (row) => row.class },
    { name: "notes", kind: "text", value: (row) => row.notes.join(" ") },
    { name: "state", kind: "text", value: (row) => row.state },
    { name: "payment_request_id", kind: "text", value: (row) => row.paymentRequestId },
    { name: "reference_id", kind: "text", value: (row) => unrounded(row.reference) },
    { name: "currency", kind: "text", value: (row) => row.currency },
    { name: "captured_amount", kind: "number", value: (row) => csvMoney(row.captured, row.currency) },
    { name: "reported_amount", kind: "number", value: (row) => csvMoney(row.reported, row.currency) },
    { name: "difference", kind: "number", value: (row) => csvMoney(row.difference, row.currency) },
    { name: "business_day", kind: "text", value: (row) => row.day },
    { name: "occurred_at_utc", kind: "instant", value: (row) => row.occurredAt },
    { name: "age", kind: "text", value: (row) => ageSpan[ageOf(row.occurredAt, now)].label },
    { name: "assignee", kind: "text", value: (row) => row.assignee },
    { name: "resolution", kind: "text", value: (row) => (isAboutThis(row) ? row.resolution : null) },
    { name: "resolution_reason", kind: "text", value: (row) => (isAboutThis(row) ? row.reason : null) },
    { name: "comment", kind: "text", value: () => null },
    { name: "resolved_by", kind: "text", value: (row) => (isAboutThis(row) ? row.resolvedBy : null) },
    { name: "resolved_at_utc", kind: "instant", value: (row) => (isAboutThis(row) ? row.resolvedAt : null) },
    { name: "report_rows", kind: "number", value: (row) => row.rows },
    { name: "facts_digest", kind: "text", value: (row) => row.digest },
  ];
}

/** A resolution holds while the facts are those it was made about. */
function isAboutThis(row: ExceptionRow): boolean {
  return row.about === row.digest;
}

/**
 * Ids and references that a spreadsheet would take for numbers: it keeps 15 digits of them, drops noughts in front, and
 * reads `1E5` as 100,000. The mark keeps them text, as it does for what looks like a formula.
 */
export function unrounded(text: string | null): string | null {
  return text !== null && /^(0\d+|\d{12,}|\d+(\.\d+)?[eE]\d+)$/.test(text) ? `'${text}` : text;
}

/** The other way: what stood there before a spreadsheet was to leave it alone. */
export function withoutMark(text: string): string {
  return /^'(?:[=+\-@\t\r]|0\d+$|\d{12,}$|\d+(\.\d+)?[eE]\d+$)/.test(text) ? text.slice(1) : text;
}
