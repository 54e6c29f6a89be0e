import { sessionStatusWord } from "~/xendit/codes/status-words.ts";
import { avsFilter, currencyFilter, cvnFilter, eciFilter, statusFilter } from "../lists/code-options.ts";
import { FilterBar } from "../table/filter-bar.tsx";
import type { FilterSpec } from "../table/filter-spec.ts";

const filters: readonly FilterSpec[] = [
  statusFilter("Status", ["ACTIVE", "COMPLETED", "EXPIRED", "CANCELED"], sessionStatusWord),
  eciFilter,
  cvnFilter,
  avsFilter,
  currencyFilter,
  { kind: "days", label: "Created" },
];

export function SessionFilterBar() {
  return <FilterBar filters={filters} search={{ label: "Find by id", placeholder: "Id, reference…" }} />;
}
