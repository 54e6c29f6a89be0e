import { isLosslessNumber } from "lossless-json";
import { isJsonObject, type JsonObject, jsonText, parseJsonObject } from "../xendit/bodies/json.ts";

/** Reading bodies the sandbox itself wrote. A missing member there is a mistake of ours, so it throws. */

export function storedBody(text: string): JsonObject {
  const body = parseJsonObject(text);
  if (!body) throw new Error("A stored sandbox body is not a JSON object.");
  return body;
}

/** The body with some members changed; `undefined` removes one. */
export function changed(text: string, members: JsonObject): string {
  return jsonText({ ...storedBody(text), ...members });
}

export function textOf(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`A stored sandbox body lacks ${name}.`);
  return value;
}

export function textOrNull(body: JsonObject, name: string): string | null {
  const value = body[name];
  return typeof value === "string" ? value : null;
}

/** An amount's digits, whether it is written as a number or as a string. */
export function digitsOf(body: JsonObject, name: string): string {
  const value = body[name];
  return isLosslessNumber(value) ? value.value : textOf(body, name);
}

export function objectOf(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  if (!isJsonObject(value)) throw new Error(`A stored sandbox body lacks ${name}.`);
  return value;
}

export function timeOf(body: JsonObject, name: string): number {
  return Date.parse(textOf(body, name));
}
