import type { CsvColumn } from "~/lib/csv.ts";
import { csvMoney } from "../lists/csv-money.ts";
import type { PaymentListRow } from "./payment-queries.server.ts";

/** One row per payment request, codes of its decisive payment. The first sixteen are promised (DESIGN 7). */
export const paymentCsvColumns: readonly CsvColumn<PaymentListRow>[] = [
  { name: "payment_request_id", kind: "text", value: (row) => row.paymentRequestId },
  { name: "payment_id", kind: "text", value: (row) => row.paymentId },
  { name: "reference_id", kind: "text", value: (row) => row.referenceId },
  { name: "environment", kind: "text", value: (row) => row.environment },
  { name: "status", kind: "text", value: (row) => row.status },
  { name: "currency", kind: "text", value: (row) => row.currency },
  { name: "amount", kind: "number", value: (row) => csvMoney(row.amountMinor, row.currency) },
  { name: "captured_amount", kind: "number", value: (row) => csvMoney(row.capturedMinor, row.currency) },
  { name: "eci", kind: "text", value: (row) => row.eci },
  { name: "cvn", kind: "text", value: (row) => row.cvn },
  { name: "avs", kind: "text", value: (row) => row.avs },
  { name: "network", kind: "text", value: (row) => row.network },
  { name: "network_response_code", kind: "text", value: (row) => row.response },
  { name: "failure_code", kind: "text", value: (row) => row.failureCode },
  { name: "created_at_utc", kind: "instant", value: (row) => row.createdAt },
  { name: "captured_at_utc", kind: "instant", value: (row) => row.capturedAt },
  { name: "refunded_amount", kind: "number", value: (row) => csvMoney(row.refundedMinor, row.currency) },
  { name: "amount_as_received", kind: "text", value: (row) => row.amountRaw },
  { name: "payment_session_id", kind: "text", value: (row) => row.paymentSessionId },
  { name: "flags", kind: "text", value: (row) => row.flags.join(" ") },
  { name: "three_ds_flow", kind: "text", value: (row) => row.threeDsFlow },
  { name: "anomaly", kind: "text", value: (row) => row.anomaly },
  { name: "missing_webhook", kind: "text", value: (row) => row.missing },
];
