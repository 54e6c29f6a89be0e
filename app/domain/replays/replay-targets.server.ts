import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { DestinationRow } from "../destinations/destination.ts";
import { listDestinations } from "../destinations/destination-queries.server.ts";
import { HERE } from "./replay-request.ts";

/** A choice of where a replay goes. One that cannot take this environment is shown, and says why. */
export interface ReplayTarget {
  readonly value: string;
  readonly label: string;
  readonly disabled: boolean;
}

/** Every destination somebody of this scope may send to, and processing again here. `environment` is of the selection, if it names one. */
export async function listTargets(
  db: Database,
  scope: Scope,
  { environment }: { environment: Environment | null },
): Promise<readonly ReplayTarget[]> {
  const destinations = await listDestinations(db, scope);
  return [
    ...destinations.map((one) => targetOf(one, environment)),
    { value: HERE, label: "Nowhere: process again here", disabled: false },
  ];
}

/** What was asked for, if it is there; unasked, the first that can take it. `null` when what was asked for is not there. */
export function settleTarget(asked: string | null, targets: readonly ReplayTarget[]): string | null {
  const chosen =
    asked === null ? targets.find(({ disabled }) => !disabled) : targets.find((one) => one.value === asked);
  return chosen?.value ?? null;
}

function targetOf({ destinationId, name, isOn, environments }: DestinationRow, environment: Environment | null) {
  const isOther = environment !== null && !environments.includes(environment);
  const notes = [...(isOther ? [`does not take ${environment}`] : []), ...(isOn ? [] : ["off"])];
  const label = notes.length === 0 ? name : `${name} (${notes.join(", ")})`;
  return { value: destinationId, label, disabled: isOther };
}
