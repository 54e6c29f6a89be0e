import { type ListFilters, type ParsedList, parseListParams } from "~/lib/search-params.ts";
import { ANOMALIES, MISSING_WEBHOOKS } from "~/xendit/projection.ts";

export const PAYMENT_CODES = [
  "status",
  "eci",
  "cvn",
  "avs",
  "response",
  "failure",
  "network",
  "flow",
  "currency",
  "anomaly",
  "missing",
] as const;
export type PaymentCode = (typeof PAYMENT_CODES)[number];
export type PaymentFilters = ListFilters<PaymentCode>;

const closed = { anomaly: ANOMALIES, missing: MISSING_WEBHOOKS };

export function parsePaymentFilters(url: string | URL, { zone }: { zone: string }): ParsedList<PaymentCode> {
  const { filters, problems } = parseListParams(url, { codes: PAYMENT_CODES, closed, amounts: true, zone });
  return { filters: { ...filters, codes: withBothFlows(filters.codes) }, problems };
}

/**
 * Real bodies say CHALLENGE, the specification FULL_AUTH (FACTS 11): whoever asks for challenges means both. Done here
 * and not in the chip, so that a link, a view and an export find the same.
 */
function withBothFlows(codes: PaymentFilters["codes"]): PaymentFilters["codes"] {
  const { flow } = codes;
  return flow?.includes("CHALLENGE") ? { ...codes, flow: [...new Set([...flow, "FULL_AUTH"])] } : codes;
}
