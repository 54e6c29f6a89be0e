import type { Observation } from "./observation.ts";
import type { LinkStrength } from "./projection.ts";
import { factsOf } from "./read-observation.ts";

export interface SessionLink {
  readonly paymentSessionId: string;
  readonly strength: LinkStrength;
}

/**
 * The session of each payment request. A claim is the browser's word and gives way to a webhook's or an API answer's;
 * `taking` is in order of precedence, so the first confirmed word holds.
 */
export function linkSessions(
  taking: readonly Observation[],
  requestOf: (observation: Observation) => string | null,
): ReadonlyMap<string, SessionLink> {
  const links = new Map<string, SessionLink>();
  for (const observation of taking) {
    const { session } = factsOf(observation).ids;
    const request = requestOf(observation);
    if (session === null || request === null) continue;
    const strength = observation.source === "claim" ? "claimed" : "confirmed";
    if (!links.has(request)) links.set(request, { paymentSessionId: session, strength });
  }
  return links;
}
