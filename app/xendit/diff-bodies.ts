import { isLosslessNumber } from "lossless-json";
import { plainDecimal } from "../lib/money.ts";
import { isJsonObject, type Json, jsonText } from "./bodies/json.ts";

export type LeafType = "text" | "number" | "boolean" | "null" | "object" | "array";

/** A value as it stands in a body. A text's characters are without quotes; what is not a text is written as JSON. */
export interface Leaf {
  readonly type: LeafType;
  readonly text: string;
}

/** One place where two bodies are not alike. What is not there is `null`, which is not a `null` that was sent. */
export interface BodyChange {
  /** `data.captures[0].capture_amount`; `captures[cptr-1].capture_amount` where items are matched by an id. */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed" | "type changed";
  readonly before: Leaf | null;
  readonly after: Leaf | null;
}

/** One line of two bodies laid side by side: a value, or the beginning of an object or list. */
export interface BodyRow extends Omit<BodyChange, "kind"> {
  readonly kind: BodyChange["kind"] | "same";
  /** 0 for the members of the body itself. */
  readonly depth: number;
  /** As it stands before the value: `capture_amount`, `[0]`, `[cptr-1]`. */
  readonly name: string;
  /** The key it stands under; a list's items stand under the list's. */
  readonly key: string;
  /** Its members follow; the leaves' texts are empty. */
  readonly isGroup: boolean;
}

export interface DiffOptions {
  /** Items of a list are the same item when the first of these fields they have is equal; else by their place. */
  readonly match?: readonly string[];
}

/** Deeper than any real body; what lies below is compared as one piece. */
const MAX_DEPTH = 64;

/**
 * Two JSON values side by side, in the order of `before` and then of what is new in `after`. The order of keys does not
 * matter, and numbers are equal by their digits: `10000`, `10000.0` and `1e4` are one number. A text is never a number
 * here; `isSameNumber` tells whether a "type changed" is only that.
 */
export function compareBodies(before: Json, after: Json, { match = [] }: DiffOptions = {}): readonly BodyRow[] {
  const rows: BodyRow[] = [];
  compare(before, after, { path: "", name: "", key: "", depth: -1 }, { match, rows });
  return rows;
}

/** Only where they differ, leaf by leaf. */
export function diffBodies(before: Json, after: Json, options: DiffOptions = {}): readonly BodyChange[] {
  return compareBodies(before, after, options).flatMap(({ path, kind, before, after, isGroup }) =>
    kind === "same" || isGroup ? [] : [{ path, kind, before, after }],
  );
}

/** Whether two leaves are one number, whether written as a number or as a text. `"05"` is a code, not the number 5. */
export function isSameNumber(a: Leaf, b: Leaf): boolean {
  const [left, right] = [numberOf(a), numberOf(b)];
  return left !== null && left === right && (a.type === "number" || b.type === "number");
}

type Place = Pick<BodyRow, "path" | "name" | "key" | "depth">;

interface Walk {
  readonly match: readonly string[];
  readonly rows: BodyRow[];
}

function compare(before: Json | undefined, after: Json | undefined, place: Place, walk: Walk): void {
  const members = place.depth < MAX_DEPTH - 1 ? bothMembers(before, after, walk.match) : null;
  if (!members) {
    const [left, right] = [leafOf(before), leafOf(after)];
    if (left || right)
      walk.rows.push({ ...place, kind: kindOf(left, right), before: left, after: right, isGroup: false });
    return;
  }
  const [left, right] = members;
  if (place.depth >= 0) {
    const [opened, closed] = [groupOf(before), groupOf(after)];
    walk.rows.push({ ...place, kind: kindOf(opened, closed), before: opened, after: closed, isGroup: true });
  }
  const inside = (name: string): Place => ({
    path: place.path + nameIn(place.path, name),
    name,
    key: isList(before) || isList(after) ? place.key : name,
    depth: place.depth + 1,
  });
  for (const [name, member] of left) compare(member, right.get(name), inside(name), walk);
  for (const [name, member] of right) {
    if (!left.has(name)) compare(undefined, member, inside(name), walk);
  }
}

function kindOf(before: Leaf | null, after: Leaf | null): BodyRow["kind"] {
  if (before === null) return "added";
  if (after === null) return "removed";
  if (before.type !== after.type) return "type changed";
  return before.text === after.text || isSameNumber(before, after) ? "same" : "changed";
}

function groupOf(value: Json | undefined): Leaf | null {
  return value === undefined ? null : { type: isList(value) ? "array" : "object", text: "" };
}

type Members = ReadonlyMap<string, Json | undefined>;

/** Both by their members, or `null` when they are to be compared as they are. One that is not there has none. */
function bothMembers(
  before: Json | undefined,
  after: Json | undefined,
  match: readonly string[],
): readonly [Members, Members] | null {
  const isOfLists = isList(before) || isList(after);
  const fits = (value: Json | undefined) => value === undefined || (isOfLists ? isList(value) : isJsonObject(value));
  if (!fits(before) || !fits(after)) return null;
  const byId = [before, after].every((value) => !isList(value) || haveIds(value, match)) ? match : [];
  const both = [membersOf(before, byId), membersOf(after, byId)] as const;
  // An empty list or object is a value of its own.
  return both[0].size + both[1].size > 0 ? both : null;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** By name; list items by `[id]` of the fields given, or by `[place]`. */
function membersOf(value: Json | undefined, match: readonly string[]): Members {
  if (isJsonObject(value)) return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
  if (!isList(value)) return new Map();
  return new Map(value.map((item, place) => [`[${idOf(item, match) ?? place}]`, item]));
}

/** Whether every item can be told by its id: each has one, and no two the same. */
function haveIds(list: readonly Json[], match: readonly string[]): boolean {
  const ids = list.map((item) => idOf(item, match));
  return ids.every((id) => id !== null) && new Set(ids).size === ids.length;
}

function idOf(item: Json, match: readonly string[]): string | null {
  if (!isJsonObject(item)) return null;
  for (const name of match) {
    const id = item[name];
    if (typeof id === "string" && id !== "") return id;
  }
  return null;
}

function nameIn(path: string, name: string): string {
  return path === "" || name.startsWith("[") ? name : `.${name}`;
}

export function leafOf(value: Json | undefined): Leaf | null {
  if (value === undefined) return null;
  if (value === null) return { type: "null", text: "null" };
  if (isLosslessNumber(value)) return { type: "number", text: value.value };
  if (typeof value === "string") return { type: "text", text: value };
  if (typeof value === "boolean") return { type: "boolean", text: String(value) };
  return { type: isList(value) ? "array" : "object", text: jsonText(value) };
}

function numberOf({ type, text }: Leaf): string | null {
  if (type === "text" && !/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return null;
  return type === "text" || type === "number" ? plainDecimal(text) : null;
}
