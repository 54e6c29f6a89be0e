import { breakerState } from "./breaker.ts";
import type { DestinationRow } from "./destination.ts";

/** How a destination is, in one word of four. Browser-safe. */
export type DestinationState = "off" | "well" | "failing" | "held" | "new" | "closed_to_all";

export const destinationStateWord: Record<
  DestinationState,
  { readonly word: string; readonly tone: "good" | "bad" | "waiting" | "look" | "unknown" }
> = {
  off: { word: "Off", tone: "unknown" },
  well: { word: "Well", tone: "good" },
  failing: { word: "Failing", tone: "look" },
  held: { word: "Held back", tone: "bad" },
  new: { word: "Nothing sent yet", tone: "unknown" },
  closed_to_all: { word: "Gets nothing", tone: "look" },
};

type Known = Pick<DestinationRow, "isOn" | "environments" | "breaker" | "lastDeliveredAt" | "lastFailedAt">;

/** The most pressing first. Half open counts as held: one probe at a time is no service. */
export function destinationState(row: Known, now: number): DestinationState {
  if (!row.isOn) return "off";
  if (row.environments.length === 0) return "closed_to_all";
  if (breakerState(row.breaker, now) !== "closed") return "held";
  if (row.lastDeliveredAt === null && row.lastFailedAt === null) return "new";
  const lastWasFailure = (row.lastFailedAt ?? 0) > (row.lastDeliveredAt ?? 0);
  return row.breaker.failuresInRow > 0 || lastWasFailure ? "failing" : "well";
}
