import { REFUSED } from "~/domain/tail/tail.ts";
import { EVENT_GROUPS } from "~/domain/webhooks/webhook-setup.ts";
import type { Environment } from "~/lib/environment.ts";
import { eventStateWord } from "~/xendit/codes/status-words.ts";
import { EVENT_STATES } from "~/xendit/projection.ts";
import { ListEnvironment } from "../lists/list-environment.tsx";
import { FilterBar } from "../table/filter-bar.tsx";
import type { FilterSpec } from "../table/filter-spec.ts";

const states = EVENT_STATES.map((state) => ({ value: state, label: eventStateWord(state).word }));
const types = EVENT_GROUPS.flatMap(({ events }) => events).map((type) => ({ value: type, label: type }));

const typeFilter: FilterSpec = { kind: "codes", name: "type", label: "Event", options: types };
const stateFilter = (withRefusals: boolean): FilterSpec => ({
  kind: "codes",
  name: "status",
  label: "State",
  options: withRefusals ? [...states, { value: REFUSED, label: "Refused at the door" }] : states,
  closed: true,
});

export function TailFilterBar({
  environment,
  withRefusals,
}: {
  readonly environment: Environment;
  readonly withRefusals: boolean;
}) {
  return (
    <FilterBar
      filters={[stateFilter(withRefusals), typeFilter]}
      search={{ label: "Find by id or reference", placeholder: "Id or reference…" }}
      context={<ListEnvironment environment={environment} />}
    />
  );
}
