import { paymentStatusWord } from "~/xendit/codes/status-words.ts";
import {
  avsFilter,
  currencyFilter,
  cvnFilter,
  eciFilter,
  responseFilter,
  statusFilter,
} from "../lists/code-options.ts";
import { FilterBar } from "../table/filter-bar.tsx";
import type { FilterSpec } from "../table/filter-spec.ts";

const statuses = [
  "SUCCEEDED",
  "AUTHORIZED",
  "FAILED",
  "CANCELED",
  "EXPIRED",
  "REQUIRES_ACTION",
  "PENDING",
  "ACCEPTING_PAYMENTS",
  "UNKNOWN",
];

const filters: readonly FilterSpec[] = [
  statusFilter("Status", statuses, paymentStatusWord),
  eciFilter,
  cvnFilter,
  avsFilter,
  responseFilter,
  currencyFilter,
  { kind: "days", label: "Created" },
];

export function PaymentFilterBar() {
  return <FilterBar filters={filters} search={{ label: "Find by id", placeholder: "Id, reference, RRN…" }} />;
}
