import type { Selection } from "~/domain/replays/replay-plan.ts";
import { selectionFields } from "~/domain/replays/replay-request.ts";

/** The selection as a form carries it: the order is of what was looked at, whatever the address says meanwhile. */
export function HiddenSelection({ selection }: { selection: Selection }) {
  return selectionFields(selection).map(([name, value]) => (
    <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
  ));
}
