import { OWN_PREFIXES, type XenditIdKind, xenditIdKind } from "~/lib/ids.ts";

/** An id found in text, lower-cased as identifiers are stored. */
export interface FoundId {
  readonly value: string;
  readonly kind: XenditIdKind | "event";
  /** Whole, as far as can be told; else the beginning of one. */
  readonly isWhole: boolean;
}

/** A webhook names some ten ids. */
const MAX_IDS = 12;
/** Xendit's documentation has ids of odd shapes; one this long is no beginning. */
const WHOLE_BODY = 20;

const prefix = `mi-dspt-|cptr-|cap-|cust-|ptkn-|rfd-|ps-|pr-|py-|pt-|${OWN_PREFIXES.event}`;
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const hexId = "[0-9a-f]{24}(?![0-9a-f])";
/** These are ids wherever they stand, even glued to other text. */
const wholeId = new RegExp(`(?:${prefix})(?:${uuid}|${hexId})`, "g");
const looseId = new RegExp(`(?<![a-z0-9_-])(?:${prefix})[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?`, "g");
const bareUuid = new RegExp(`^${uuid}$`);

/** The ids in cleaned text, in the order they stand there, each once. A whole one broken over lines is put together. */
export function readIds(text: string): readonly FoundId[] {
  const lower = text.toLowerCase();
  const whole = matches(lower, wholeId);
  const found = whole.length > 0 ? whole : matches(lower.replace(/ /g, ""), wholeId);
  return (found.length > 0 ? found : matches(lower, looseId))
    .slice(0, MAX_IDS)
    .map((value) => ({ value, kind: kindOf(value), isWhole: isWhole(value) }));
}

/** What a UUID without its prefix may be. */
export function prefixed(text: string): readonly string[] {
  if (!bareUuid.test(text)) return [];
  return ["pr-", "py-", "ps-", "cptr-", "rfd-", "pt-", "cust-", "mi-dspt-"].map((one) => one + text);
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([id]) => id))];
}

function kindOf(value: string): FoundId["kind"] {
  return xenditIdKind(value) ?? "event";
}

function isWhole(value: string): boolean {
  return value.replace(new RegExp(`^(?:${prefix})`), "").length >= WHOLE_BODY;
}
