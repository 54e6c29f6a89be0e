import { xenditIdKind } from "../../lib/ids.ts";
import type { Telling } from "./telling.ts";

type Ids = Pick<Telling, "productId" | "paymentRequestId" | "captureId" | "paymentSessionId">;

/**
 * Ids are known by their prefix, not by the column they stand in: a "Payment ID" may hold a `pr-` (RULES 5). What has no
 * prefix we know stays where it stood.
 */
export function idsTold(told: Ids & { readonly paymentId?: string | null }): Ids {
  const all = [told.productId, told.paymentId ?? null, told.paymentRequestId, told.captureId, told.paymentSessionId];
  const of = (...kinds: readonly (string | null)[]) => all.find((id) => kinds.includes(xenditIdKind(id))) ?? null;
  const ifForeign = (id: string | null) => (xenditIdKind(id) === null ? id : null);
  return {
    productId:
      of("payment") ??
      of("refund", "dispute", "token", "customer") ??
      ifForeign(told.productId) ??
      ifForeign(told.paymentId ?? null),
    paymentRequestId: of("payment_request") ?? ifForeign(told.paymentRequestId),
    captureId: of("capture") ?? ifForeign(told.captureId),
    paymentSessionId: of("session") ?? ifForeign(told.paymentSessionId),
  };
}
