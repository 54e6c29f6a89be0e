import type { Facts, ValueName } from "./facts.ts";

const MATERIAL_VALUES = [
  "businessId",
  "referenceId",
  "currency",
  "amount",
  "failureCode",
  "eci",
  "cvn",
  "avs",
  "response",
] as const satisfies readonly ValueName[];

const MATERIAL_IDS = [
  "paymentRequest",
  "payment",
  "session",
  "token",
  "customer",
  "refund",
  "dispute",
  "report",
  "flat",
] as const satisfies readonly (keyof Facts["ids"])[];

/** RULES 3's material values by name, as comparable text; absent when null. */
export function materialOf(facts: Facts): Readonly<Record<string, string>> {
  const material: Record<string, string> = {};
  const add = (name: string, value: string | null | undefined) => {
    if (value) material[name] = value;
  };
  add("status", facts.status);
  for (const name of MATERIAL_VALUES) add(name, facts.values[name]);
  for (const name of MATERIAL_IDS) add(`${name}Id`, facts.ids[name]);
  add("captures", captureIds(facts));
  for (const { captureId, amount } of facts.captures) add(`captureAmount ${captureId}`, amount);
  return material;
}

function captureIds({ captures }: Facts): string | null {
  const ids = captures.map((capture) => capture.captureId).sort();
  return ids.length > 0 ? ids.join(",") : null;
}
