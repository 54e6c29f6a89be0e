import { type Environment, isEnvironment } from "~/lib/environment.ts";
import type { Selection } from "./replay-plan.ts";

/**
 * What the address of a plan says and its form repeats: which webhooks, where to, whether again. The same names in both, so
 * that a plan is a link that can be shared and an order is of what was looked at. Pure, browser-safe.
 */
export interface ReplayRequest {
  /** `null` when nothing was chosen. */
  readonly selection: Selection | null;
  /** A destination's id, `HERE` for processing again here, `null` when nobody chose yet. */
  readonly target: string | null;
  readonly includesDelivered: boolean;
}

/** The target of what is processed again instead of sent. */
export const HERE = "here";

/** A `URLSearchParams` or a `FormData`. */
interface Fields {
  get(name: string): FormDataEntryValue | null;
  getAll(name: string): readonly FormDataEntryValue[];
}

export function readReplayRequest(fields: Fields): ReplayRequest {
  return {
    selection: readSelectionFields(fields),
    target: textOf(fields, "destination"),
    includesDelivered: textOf(fields, "again") !== null,
  };
}

/** The selection as names and values, for a link or for hidden fields. */
export function selectionFields(selection: Selection): readonly (readonly [name: string, value: string])[] {
  if (selection.kind === "events") return selection.eventIds.map((eventId) => ["event", eventId] as const);
  if (selection.kind === "filter") return [["list", selection.search]];
  return [
    ["payment", selection.paymentRequestId],
    ["environment", selection.environment],
  ];
}

/** The environment a selection names itself; chosen webhooks are asked for theirs. */
export function environmentOf(selection: Selection | null): Environment | null {
  if (selection?.kind === "payment") return selection.environment;
  if (selection?.kind !== "filter") return null;
  const named = new URLSearchParams(selection.search).get("environment");
  return isEnvironment(named) ? named : null;
}

function readSelectionFields(fields: Fields): Selection | null {
  const eventIds = fields.getAll("event").filter((one): one is string => typeof one === "string" && one !== "");
  if (eventIds.length > 0) return { kind: "events", eventIds };
  const environment = textOf(fields, "environment");
  const paymentRequestId = textOf(fields, "payment");
  if (paymentRequestId !== null && isEnvironment(environment))
    return { kind: "payment", environment, paymentRequestId };
  const search = textOf(fields, "list");
  return search === null ? null : { kind: "filter", search };
}

function textOf(fields: Fields, name: string): string | null {
  const value = fields.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
