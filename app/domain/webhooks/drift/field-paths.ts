import { isLosslessNumber } from "lossless-json";
import { isJsonObject, type Json } from "../../../xendit/bodies/json.ts";

export type FieldType = "string" | "number" | "boolean" | "null" | "object" | "array";
/** `data.captures[].capture_amount` with the types it has there; a list's items may have several. */
export type FieldPaths = ReadonlyMap<string, ReadonlySet<FieldType>>;

/** What lies in these is the merchant's own and says nothing about Xendit. */
const FREE: ReadonlySet<string> = new Set(["metadata"]);
const MAX_DEPTH = 12;
/** A body with more fields than this is no event Xendit documents; the rest of it is not followed. */
const MOST_PATHS = 400;

/** Every field of a body by its path. A key that is no name (an id, an e-mail address) counts as `*`, whatever it says. */
export function fieldPaths(body: Json): FieldPaths {
  const found = new Map<string, Set<FieldType>>();
  collect(body, "", 0, found);
  return found;
}

function collect(value: Json, path: string, depth: number, found: Map<string, Set<FieldType>>): void {
  if (path !== "") {
    if (!found.has(path) && found.size >= MOST_PATHS) return;
    found.set(path, (found.get(path) ?? new Set()).add(fieldType(value)));
  }
  if (depth >= MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, `${path}[]`, depth + 1, found);
  } else if (isJsonObject(value) && !FREE.has(lastName(path))) {
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const key = /^[A-Za-z_][\w-]{0,63}$/.test(name) ? name : "*";
      collect(member, path === "" ? key : `${path}.${key}`, depth + 1, found);
    }
  }
}

export function fieldType(value: Json): FieldType {
  if (value === null) return "null";
  if (isLosslessNumber(value)) return "number";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  return Array.isArray(value) ? "array" : "object";
}

/** What a field stands in: `data.captures[]` of `data.captures[].capture_id`, the list of its items; `""` is the body. */
export function parentPath(path: string): string {
  if (path.endsWith("[]")) return path.slice(0, -2);
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

export function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).replaceAll("[]", "");
}
