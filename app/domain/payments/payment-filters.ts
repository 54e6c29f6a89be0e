import { type ListFilters, type ParsedList, parseListParams } from "~/lib/search-params.ts";

export const PAYMENT_CODES = ["status", "eci", "cvn", "avs", "response", "currency"] as const;
export type PaymentCode = (typeof PAYMENT_CODES)[number];
export type PaymentFilters = ListFilters<PaymentCode>;

export function parsePaymentFilters(url: string | URL, { zone }: { zone: string }): ParsedList<PaymentCode> {
  return parseListParams(url, { codes: PAYMENT_CODES, zone });
}
