import type { Environment } from "~/lib/environment.ts";
import { BLANK } from "~/lib/search-params.ts";
import { sessionStatusWord } from "~/xendit/codes/status-words.ts";
import {
  avsFilter,
  currencyFilter,
  cvnFilter,
  eciFilter,
  missingFilter,
  responseFilter,
  statusFilter,
} from "../lists/code-options.ts";
import { ListEnvironment } from "../lists/list-environment.tsx";
import { FilterBar } from "../table/filter-bar.tsx";
import type { FilterSpec } from "../table/filter-spec.ts";

/** A session misses one thing only. */
const sessionMissing: FilterSpec = {
  ...missingFilter,
  together: undefined,
  options: missingFilter.options.filter(({ value }) => value === "payment_webhook" || value === BLANK),
};

const filters: readonly FilterSpec[] = [
  statusFilter("Status", ["ACTIVE", "COMPLETED", "EXPIRED", "CANCELED"], sessionStatusWord),
  eciFilter,
  cvnFilter,
  avsFilter,
  { kind: "days", label: "Created" },
  sessionMissing,
  { ...responseFilter, more: true },
  { ...currencyFilter, more: true },
];

export function SessionFilterBar({ environment }: { environment: Environment }) {
  return (
    <FilterBar
      filters={filters}
      search={{ label: "Find by id", placeholder: "Id, reference…" }}
      context={<ListEnvironment environment={environment} />}
    />
  );
}
