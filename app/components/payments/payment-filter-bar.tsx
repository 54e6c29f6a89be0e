import type { Environment } from "~/lib/environment.ts";
import { paymentStatusWord } from "~/xendit/codes/status-words.ts";
import {
  anomalyFilter,
  avsFilter,
  currencyFilter,
  cvnFilter,
  eciFilter,
  failureFilter,
  flowFilter,
  missingFilter,
  networkFilter,
  responseFilter,
  statusFilter,
} from "../lists/code-options.ts";
import { ListEnvironment } from "../lists/list-environment.tsx";
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
  { kind: "amounts", label: "Amount" },
  { kind: "days", label: "Created" },
  anomalyFilter,
  { ...responseFilter, more: true },
  { ...failureFilter, more: true },
  { ...networkFilter, more: true },
  { ...flowFilter, more: true },
  { ...currencyFilter, more: true },
  { ...missingFilter, more: true },
];

export function PaymentFilterBar({ environment }: { environment: Environment }) {
  return (
    <FilterBar
      filters={filters}
      search={{ label: "Find by id", placeholder: "Id, reference, RRN…" }}
      context={<ListEnvironment environment={environment} />}
    />
  );
}
