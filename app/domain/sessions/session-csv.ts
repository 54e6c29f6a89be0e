import type { CsvColumn } from "~/lib/csv.ts";
import { csvMoney } from "../lists/csv-money.ts";
import type { SessionListRow } from "./session-queries.server.ts";

export const sessionCsvColumns: readonly CsvColumn<SessionListRow>[] = [
  { name: "payment_session_id", kind: "text", value: (row) => row.paymentSessionId },
  { name: "payment_request_id", kind: "text", value: (row) => row.paymentRequestId },
  { name: "reference_id", kind: "text", value: (row) => row.referenceId },
  { name: "environment", kind: "text", value: (row) => row.environment },
  { name: "status", kind: "text", value: (row) => row.status },
  { name: "currency", kind: "text", value: (row) => row.currency },
  { name: "amount", kind: "number", value: (row) => csvMoney(row.amountMinor, row.currency) },
  { name: "eci", kind: "text", value: (row) => row.eci },
  { name: "cvn", kind: "text", value: (row) => row.cvn },
  { name: "avs", kind: "text", value: (row) => row.avs },
  { name: "created_at_utc", kind: "instant", value: (row) => row.createdAt },
  { name: "expires_at_utc", kind: "instant", value: (row) => row.expiresAt },
  { name: "amount_as_received", kind: "text", value: (row) => row.amountRaw },
  { name: "payment_requests", kind: "number", value: (row) => row.paymentRequestCount },
  { name: "payment_request_link", kind: "text", value: (row) => row.paymentRequestLink },
  { name: "flags", kind: "text", value: (row) => row.flags.join(" ") },
  { name: "missing_webhook", kind: "text", value: (row) => row.missing },
];
