import type { Environment } from "~/lib/environment.ts";
import { type XenditIdKind, xenditIdKind } from "~/lib/ids.ts";
import type { FoundId } from "./read-ids.ts";
import type { Lookup } from "./read-lookup.ts";
import type { SearchGroup, UnknownId } from "./search-answer.ts";

const nouns: Record<XenditIdKind | "event", string> = {
  payment_request: "payment request",
  payment: "payment",
  session: "session",
  capture: "capture",
  refund: "refund",
  dispute: "dispute",
  token: "saved card",
  customer: "customer",
  event: "webhook",
};

/** The id somebody pasted that nothing was found for; `null` when something was, or it was no id. */
export function unknownId(
  { ids, text }: Lookup,
  groups: readonly SearchGroup[],
): Omit<UnknownId, "environments"> | null {
  if (groups.length > 0) return null;
  const [id] = ids.filter((one) => one.isWhole || one.value === text.toLowerCase());
  return id ? { value: id.value, noun: nouns[id.kind] } : null;
}

/** Xendit's API reads these by their id; a capture, refund or customer is found through its payment. */
export function isAskable(id: Pick<FoundId, "value">): boolean {
  const kind = xenditIdKind(id.value);
  return kind === "payment_request" || kind === "payment" || kind === "session";
}

/** The environments in which to offer it, the present one first. */
export function presentFirst(environments: readonly Environment[], present: Environment): readonly Environment[] {
  return environments.includes(present) ? [present, ...environments.filter((one) => one !== present)] : environments;
}
