import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";
import { plainDecimal } from "../../lib/money.ts";

/**
 * A JSON value as Xendit sends it. Numbers are `LosslessNumber`, so that an amount keeps the digits it was given;
 * `undefined` members are left out of the text.
 */
export type Json = string | boolean | null | LosslessNumber | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** Digits as a JSON number: `"10000.50"` becomes 10000.5, `"1e4"` becomes 10000. */
export function jsonNumber(digits: string | number): LosslessNumber {
  return new LosslessNumber(plainDecimal(String(digits)) ?? String(digits));
}

/** The exact text that goes over the wire. */
export function jsonText(value: Json): string {
  return stringify(value) ?? "null";
}

/** `null` when it is not JSON, or not an object. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value = parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

/** An instant as Xendit writes it. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
