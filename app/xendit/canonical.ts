import { createHash } from "node:crypto";
import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";
import { plainDecimal } from "../lib/money.ts";
import { isJsonObject, type Json, type JsonObject } from "./bodies/json.ts";

/** Deeper than any body Xendit sends; a hostile one must not exhaust the stack. */
const MAX_DEPTH = 64;

/** The object a body holds, normalised; `null` when it is not a UTF-8 JSON object. Never throws. */
export function decodeBody(bytes: Uint8Array): JsonObject | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // The last of two equal keys wins, as with JSON.parse.
    const value = parse(text, null, { onDuplicateKey: ({ newValue }) => newValue });
    if (!isJsonObject(value)) return null;
    const normal = normalise(value, "", 0);
    return isJsonObject(normal) ? normal : null;
  } catch {
    return null;
  }
}

/** Text of a normalised value: equal for equal content, whatever the order of keys and the spelling of numbers. */
export function canonicalJson(value: Json): string {
  return stringify(value) ?? "null";
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Sorts keys and spells numbers one way; amounts are numbers even where Xendit sent them as strings. */
function normalise(value: unknown, key: string, depth: number): Json {
  if (depth > MAX_DEPTH) throw new RangeError("nested too deeply");
  if (isLosslessNumber(value)) return plainNumber(value.value);
  if (typeof value === "string") return isAmountKey(key) ? amountOrText(value) : value;
  if (typeof value === "boolean" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => normalise(item, key, depth + 1));
  if (!isJsonObject(value)) return null;
  // A dispute's amount is an object: its members are amounts too.
  const inner = key === "amount" ? () => key : (name: string) => name;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, normalise(value[name], inner(name), depth + 1)]));
}

function isAmountKey(key: string): boolean {
  return /(^|_)amount$/.test(key);
}

function amountOrText(text: string): Json {
  return plainDecimal(text) === null ? text : plainNumber(text);
}

function plainNumber(digits: string): LosslessNumber {
  return new LosslessNumber(plainDecimal(digits) ?? digits);
}
