import type { JsonObject } from "./bodies/json.ts";
import type { Facts } from "./facts.ts";
import { textAt } from "./fields.ts";

/** Where a body names its channel: v3, refunds, v2. The invoice callback's CREDIT_CARD is another product. */
const CHANNEL_FIELDS = [["channel_code"], ["payment_method_type"], ["payment_method", "type"]] as const;

export function readCard(payload: JsonObject): Facts["card"] {
  const named = CHANNEL_FIELDS.flatMap((path) => textAt(payload, ...path) ?? []);
  if (named.some((channel) => /^cards?$/i.test(channel))) return "yes";
  return named.length > 0 ? "no" : "unknown";
}
