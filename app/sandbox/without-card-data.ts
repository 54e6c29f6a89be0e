import { isLosslessNumber } from "lossless-json";
import { isJsonObject, type Json, type JsonObject, jsonText, parseJsonObject } from "../xendit/bodies/json.ts";
import { isCardNumber, MASK } from "../xendit/card-data.ts";
import { maskText } from "../xendit/mask.ts";

/**
 * A request's body as it may be kept and answered: masked as a webhook's is, and without card numbers that no name
 * announces. Ids keep their digits, or nothing could be found by them.
 */
export function withoutCardData(body: JsonObject): JsonObject {
  const masked = parseJsonObject(maskText(jsonText(body))) ?? {};
  return membersWithoutNumbers(masked);
}

function membersWithoutNumbers(body: JsonObject): JsonObject {
  const members = Object.entries(body).map(([name, value]) => {
    const kept = value === undefined || (isId(name) && typeof value === "string") ? value : withoutNumbers(value);
    return [maskNumbers(name), kept] as const;
  });
  return Object.fromEntries(members);
}

function withoutNumbers(value: Json): Json {
  if (typeof value === "string") return maskNumbers(value);
  if (isLosslessNumber(value)) return maskNumbers(value.value) === value.value ? value : MASK;
  if (Array.isArray(value)) return value.map(withoutNumbers);
  return isJsonObject(value) ? membersWithoutNumbers(value) : value;
}

/** Digits as the networks give them out: times and counters begin with a 1. */
function maskNumbers(text: string): string {
  return text.replace(/(?<!\d)[2-6](?:[ -]?\d){12,18}(?!\d)/g, (digits) => (isCardNumber(digits) ? MASK : digits));
}

function isId(name: string): boolean {
  return /(^|_)id$/i.test(name);
}
