import type { Environment } from "~/lib/environment.ts";
import { eventStateWord } from "~/xendit/codes/status-words.ts";
import { EVENT_STATES } from "~/xendit/projection.ts";
import {
  avsFilter,
  currencyFilter,
  cvnFilter,
  eciFilter,
  responseFilter,
  statusFilter,
} from "../lists/code-options.ts";
import { ListEnvironment } from "../lists/list-environment.tsx";
import { FilterBar } from "../table/filter-bar.tsx";
import type { FilterSpec } from "../table/filter-spec.ts";

const types = [
  "payment.capture",
  "payment.authorization",
  "payment.failure",
  "payment_session.completed",
  "payment_session.expired",
  "payment_token.activation",
  "refund.succeeded",
  "dispute.action_required",
];

const filters: readonly FilterSpec[] = [
  statusFilter("State", EVENT_STATES, eventStateWord),
  { kind: "codes", name: "type", label: "Event", options: types.map((type) => ({ value: type, label: type })) },
  eciFilter,
  cvnFilter,
  avsFilter,
  { kind: "days", label: "Received" },
  { ...responseFilter, more: true },
  { ...currencyFilter, more: true },
];

export function WebhookFilterBar({ environment }: { environment: Environment }) {
  return (
    <FilterBar
      filters={filters}
      search={{ label: "Find by id", placeholder: "Event or payment id…" }}
      context={<ListEnvironment environment={environment} />}
    />
  );
}
