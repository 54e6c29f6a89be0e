import type { CsvColumn } from "~/lib/csv.ts";
import { csvMoney } from "../lists/csv-money.ts";
import type { ExceptionRow } from "./exception-list.server.ts";

/** What a file of the work list holds of each exception. `digest` says which facts a resolution written beside it is about. */
export const exceptionCsvColumns: readonly CsvColumn<ExceptionRow>[] = [
  { name: "group_key", kind: "text", value: (row) => row.groupKey },
  { name: "environment", kind: "text", value: (row) => row.environment },
  { name: "class", kind: "text", value: (row) => row.class },
  { name: "notes", kind: "text", value: (row) => row.notes.join(" ") },
  { name: "state", kind: "text", value: (row) => row.state },
  { name: "payment_request_id", kind: "text", value: (row) => row.paymentRequestId },
  { name: "reference_id", kind: "text", value: (row) => row.reference },
  { name: "currency", kind: "text", value: (row) => row.currency },
  { name: "captured_amount", kind: "number", value: (row) => csvMoney(row.captured, row.currency) },
  { name: "reported_amount", kind: "number", value: (row) => csvMoney(row.reported, row.currency) },
  { name: "difference", kind: "number", value: (row) => csvMoney(row.difference, row.currency) },
  { name: "business_day", kind: "text", value: (row) => row.day },
  { name: "occurred_at_utc", kind: "instant", value: (row) => row.occurredAt },
  { name: "assignee", kind: "text", value: (row) => row.assignee },
  { name: "resolution", kind: "text", value: (row) => (row.about === row.digest ? row.resolution : null) },
  { name: "resolution_reason", kind: "text", value: (row) => (row.about === row.digest ? row.reason : null) },
  { name: "resolved_by", kind: "text", value: (row) => (row.about === row.digest ? row.resolvedBy : null) },
  { name: "resolved_at_utc", kind: "instant", value: (row) => (row.about === row.digest ? row.resolvedAt : null) },
  { name: "report_rows", kind: "number", value: (row) => row.rows },
  { name: "digest", kind: "text", value: (row) => row.digest },
];
