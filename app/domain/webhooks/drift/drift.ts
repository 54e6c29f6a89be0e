import type { FieldType } from "./field-paths.ts";

export type DriftKind = "new" | "vanished" | "type";

/** What an open notice is worth: a spelling Paydesk reads either way is told quietly. */
export type DriftWeight = "look" | "quiet";

/** Said of a field of an event type, once. */
export interface DriftFound {
  readonly path: string;
  readonly kind: DriftKind;
  /** new: its type. vanished: `1203 of 1204`, the events that had it. type: `number > string`. */
  readonly detail: string;
}

/** Events of a type that are looked at before anything about it counts as new. */
export const LEARNING = 50;
/** A field of nearly all of so many events … */
export const SETTLED = 200;
export const NEARLY_ALL = 0.95;
/** … is said to be gone once so many in a row came without it. */
export const GONE_FOR = 50;

export function typeDetail(before: readonly FieldType[], now: FieldType): string {
  return `${[...before].sort().join("/")} > ${now}`;
}

/** Amounts come as numbers and as texts (FACTS 2.2); both are read by their digits. */
export function driftWeight({ kind, detail }: Pick<DriftFound, "kind" | "detail">): DriftWeight {
  return kind === "type" && /^(?:number > string|string > number)$/.test(detail) ? "quiet" : "look";
}

/** One sentence on what happened to the field. */
export function driftSentence({ kind, detail }: Pick<DriftFound, "kind" | "detail">): string {
  if (kind === "new") return `A field no event of this type had before (${detail}).`;
  if (kind === "vanished") return `Was in ${detail} events, then in none of ${GONE_FOR} in a row.`;
  const [before = "", now = ""] = detail.split(" > ");
  const words = `Was ${before.replaceAll("/", " or ")}, now also ${now}.`;
  return driftWeight({ kind, detail }) === "quiet" ? `${words} Paydesk reads both.` : words;
}

export const driftWord: Record<DriftKind, string> = {
  new: "New field",
  vanished: "Field gone",
  type: "Type changed",
};
