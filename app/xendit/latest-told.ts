import type { Observation } from "./observation.ts";
import { factsOf } from "./read-observation.ts";

/**
 * The latest instant an observation tells of, UTC milliseconds: its `updated`, or a capture where that is later, which it
 * is in every captured body (FACTS 5.5). `null` when it tells none. For showing only: the fold goes by `time` (RULES 5).
 */
export function latestTold(observation: Observation): number | null {
  const told = [observation.time, ...factsOf(observation).captures.map(({ capturedAt }) => capturedAt)];
  return told.reduce<number | null>(
    (latest, at) => (at !== null && (latest === null || at > latest) ? at : latest),
    null,
  );
}
