import type { CsvColumn } from "~/lib/csv.ts";
import type { WebhookListRow } from "./webhook-queries.server.ts";

/** One row per event. The first ten are promised (DESIGN 7). */
export const webhookCsvColumns: readonly CsvColumn<WebhookListRow>[] = [
  { name: "event_id", kind: "text", value: (row) => row.eventId },
  { name: "event_type", kind: "text", value: (row) => row.eventType },
  { name: "environment", kind: "text", value: (row) => row.environment },
  { name: "state", kind: "text", value: (row) => row.state },
  { name: "payment_request_id", kind: "text", value: (row) => row.paymentRequestId },
  { name: "eci", kind: "text", value: (row) => row.eci },
  { name: "cvn", kind: "text", value: (row) => row.cvn },
  { name: "avs", kind: "text", value: (row) => row.avs },
  { name: "receipts", kind: "number", value: (row) => row.receipts },
  { name: "received_at_utc", kind: "instant", value: (row) => row.firstReceivedAt },
  { name: "last_received_at_utc", kind: "instant", value: (row) => row.lastReceivedAt },
  { name: "reason", kind: "text", value: (row) => row.reason },
  { name: "status", kind: "text", value: (row) => row.status },
  { name: "network_response_code", kind: "text", value: (row) => row.response },
];
