import type { DeliveryState } from "~/db.server.ts";
import { type Cursor, decodeCursor } from "~/lib/cursor.ts";

/** Which of a replay's deliveries its page shows. Pure, browser-safe. */
export interface DeliveryFilter {
  readonly state: DeliveryState | null;
  readonly outcome: string | null;
  readonly cursor: Cursor | null;
}

export const DELIVERY_STATES = [
  "waiting",
  "delivered",
  "failed",
  "left_out",
] as const satisfies readonly DeliveryState[];

/** What is not understood filters nothing: the page says what it shows. */
export function readDeliveryFilter(params: URLSearchParams): DeliveryFilter {
  const outcome = params.get("outcome") ?? "";
  const cursor = params.get("cursor");
  return {
    state: DELIVERY_STATES.find((one) => one === params.get("state")) ?? null,
    outcome: /^(\d{3}|timeout|refused|blocked)$/.test(outcome) ? outcome : null,
    cursor: cursor === null ? null : decodeCursor(cursor),
  };
}
