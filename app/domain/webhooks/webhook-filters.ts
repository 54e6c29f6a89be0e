import { type ListFilters, type ParsedList, parseListParams } from "~/lib/search-params.ts";

/** `status` is the event's state; `type` its name, `payment.capture`. */
export const WEBHOOK_CODES = ["status", "type", "eci", "cvn", "avs", "response", "currency"] as const;
export type WebhookCode = (typeof WEBHOOK_CODES)[number];
export type WebhookFilters = ListFilters<WebhookCode>;

export function parseWebhookFilters(url: string | URL, { zone }: { zone: string }): ParsedList<WebhookCode> {
  return parseListParams(url, { codes: WEBHOOK_CODES, zone });
}
