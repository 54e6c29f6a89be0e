import { type ListFilters, type ParsedList, parseListParams } from "~/lib/search-params.ts";

export const SESSION_CODES = ["status", "eci", "cvn", "avs", "response", "currency", "missing"] as const;
export type SessionCode = (typeof SESSION_CODES)[number];
export type SessionFilters = ListFilters<SessionCode>;

export function parseSessionFilters(url: string | URL, { zone }: { zone: string }): ParsedList<SessionCode> {
  return parseListParams(url, { codes: SESSION_CODES, closed: { missing: ["payment_webhook"] }, zone });
}
