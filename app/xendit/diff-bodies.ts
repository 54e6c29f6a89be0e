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

export interface DiffOptions {
  /** Items of a list are the same item when the first of these fields they have is equal; else by their place. */
  readonly match?: readonly string[];
}

/** Deeper than any real body; what lies below is compared as one piece. */
const MAX_DEPTH = 64;

/**
 * Where two JSON values differ, leaf by leaf, in the order of `before` and then of what is new in `after`. The order of
 * keys does not matter, and numbers are equal by their digits: `10000`, `10000.0` and `1e4` are one number. A text is
 * never a number here; `isSameNumber` tells whether a "type changed" is only that.
 */
export function diffBodies(before: Json, after: Json, options: DiffOptions = {}): readonly BodyChange[] {
  const changes: BodyChange[] = [];
  compare(before, after, "", { match: options.match ?? [], changes, depth: 0 });
  return changes;
}

/** Whether two leaves are one number, whether written as a number or as a text. `"05"` is a code, not the number 5. */
export function isSameNumber(a: Leaf, b: Leaf): boolean {
  const [left, right] = [numberOf(a), numberOf(b)];
  return left !== null && left === right && (a.type === "number" || b.type === "number");
}

interface Walk {
  readonly match: readonly string[];
  readonly changes: BodyChange[];
  readonly depth: number;
}

function compare(before: Json | undefined, after: Json | undefined, path: string, walk: Walk): void {
  const members = walk.depth < MAX_DEPTH ? bothMembers(before, after, walk.match) : null;
  if (!members) {
    compareLeaves(leafOf(before), leafOf(after), path, walk.changes);
    return;
  }
  const [left, right] = members;
  const inside = { ...walk, depth: walk.depth + 1 };
  for (const [name, member] of left) compare(member, right.get(name), path + nameIn(path, name), inside);
  for (const [name, member] of right) {
    if (!left.has(name)) compare(undefined, member, path + nameIn(path, name), inside);
  }
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

function compareLeaves(before: Leaf | null, after: Leaf | null, path: string, changes: BodyChange[]): void {
  if (before === null || after === null) {
    if (before !== after) changes.push({ path, kind: before === null ? "added" : "removed", before, after });
    return;
  }
  if (before.type !== after.type) changes.push({ path, kind: "type changed", before, after });
  else if (before.text !== after.text && !isSameNumber(before, after)) {
    changes.push({ path, kind: "changed", before, after });
  }
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

function leafOf(value: Json | undefined): Leaf | null {
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
