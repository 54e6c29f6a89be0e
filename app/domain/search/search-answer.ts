import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

/** What one can land on. */
export const TARGET_KINDS = ["payment", "session", "webhook"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

export interface Target {
  readonly kind: TargetKind;
  readonly environment: Environment;
  readonly id: string;
}

/** A target as a row shows it. Nothing personal but the merchant's own reference, as in the lists. */
export interface DescribedTarget extends Target {
  readonly href: string;
  readonly status: string | null;
  /** Minor units; `null` beside digits that do not fit their currency. */
  readonly amountMinor: number | null;
  readonly amountRaw: string | null;
  readonly currency: string | null;
  readonly reference: string | null;
  /** A webhook's event type. */
  readonly eventType: string | null;
  /** UTC milliseconds. */
  readonly at: number;
}

/** Why a row is among the results: "RRN 435205253972". */
export interface Reason {
  readonly label: string;
  /** The matched value, masked where it is personal; `null` when the label says it all. */
  readonly value: string | null;
  /** So many of the value's first characters were asked for; all of them when it is exact. */
  readonly matched: number;
}

export interface SearchHit extends DescribedTarget {
  readonly reason: Reason;
}

export interface SearchGroup {
  readonly id: string;
  readonly title: string;
  /** `found`: somebody had this value. `listed`: begins so, costs so much, is of that day. */
  readonly sort: "exact" | "prefix" | "amount" | "day";
  readonly hits: readonly SearchHit[];
  /** The whole list, when there is more than is shown. */
  readonly more: { readonly text: string; readonly href: string } | null;
}

/** An id that is held nowhere within reach, and where Xendit can be asked for it. */
export interface UnknownId {
  readonly value: string;
  readonly noun: string;
  readonly environments: readonly Environment[];
}

export interface SearchAnswer {
  readonly text: string;
  readonly groups: readonly SearchGroup[];
  readonly unknown: UnknownId | null;
  /** Set when nothing was found where one looked, but here. */
  readonly elsewhere: Environment | null;
  /** How the text was understood, apart from being an id or a reference. */
  readonly readAs: readonly string[];
}

/** What the box shows: results of a text, or without one the operator's recent look-ups. */
export interface Suggestions {
  readonly answer: SearchAnswer | null;
  readonly recent: readonly DescribedTarget[];
}

export const targetNoun: Record<TargetKind, string> = { payment: "Payment", session: "Session", webhook: "Webhook" };

export function targetPath({ kind, environment, id }: Target): string {
  const path = { payment: paths.payment, session: paths.session, webhook: paths.webhook }[kind](id);
  return withParams(path, { environment });
}

export function sameTarget(a: Target, b: Target): boolean {
  return a.id === b.id && a.environment === b.environment;
}

/** A `ps-` is a session that has no payment yet; every other identifier leads to a payment request. */
export function targetKindOf(id: string): TargetKind {
  if (id.startsWith("ps-")) return "session";
  return id.startsWith("evt_") ? "webhook" : "payment";
}

/**
 * Where the results lead when they lead to one place only. A day is browsed, not landed on; what merely begins alike does
 * not stand against what is exactly it.
 */
export function onlyTarget({ groups }: SearchAnswer): SearchHit | null {
  const exact = groups.filter((group) => group.sort !== "prefix");
  const counted = exact.length > 0 ? exact : groups;
  if (counted.some((group) => group.more !== null || group.sort === "day")) return null;
  const [first, ...others] = counted.flatMap((group) => group.hits);
  return first && others.every((one) => sameTarget(one, first)) ? first : null;
}
