import { isLosslessNumber } from "lossless-json";
import { parseInstant } from "../lib/time.ts";
import { isJsonObject, type Json, type JsonObject } from "./bodies/json.ts";

/** Readers that take what Xendit may send: null for absent, numbers for strings, an object where none was expected. */

export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject | null {
  const found = valueAt(value, path);
  return isJsonObject(found) ? found : null;
}

/** Trimmed text, or a number's digits; `null` when absent, empty or of another type. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | null {
  return codeAt(value, ...path) || null;
}

/** As `textAt`, but an empty string stays one: a code sent blank is not a code that was not sent. */
export function codeAt(value: Json | undefined, ...path: readonly string[]): string | null {
  const found = valueAt(value, path);
  if (typeof found === "string") return found.trim();
  return isLosslessNumber(found) ? found.value : null;
}

export function instantAt(value: Json | undefined, ...path: readonly string[]): number | null {
  const text = textAt(value, ...path);
  return text === null ? null : parseInstant(text);
}

export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inside, name) => (isJsonObject(inside) && Object.hasOwn(inside, name) ? inside[name] : undefined),
    value,
  );
}
