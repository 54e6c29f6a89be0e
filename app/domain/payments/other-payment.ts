import type { Environment } from "~/lib/environment.ts";
import type { Amount } from "~/xendit/amounts.ts";
import type { EventState } from "~/xendit/projection.ts";

/** One webhook that names a payment of another channel, as it came. */
export interface OtherWebhook {
  readonly eventId: string;
  readonly eventType: string;
  readonly state: EventState;
  readonly receipts: number;
  readonly firstReceivedAt: number;
  /** The payment it tells of: a reusable code takes any number of them. */
  readonly paymentId: string | null;
  readonly status: string | null;
  readonly told: ToldPayment;
}

/** What a body of any channel says of itself, v3 and v2. Nothing personal: a payer's name and account stay in the body. */
export interface ToldPayment extends Amount {
  /** "BRI virtual account", "e-wallet DANA"; `null` when the body names none. */
  readonly channel: string | null;
  readonly currency: string | null;
  readonly referenceId: string | null;
  /** UTC milliseconds, by the body's own `updated`. */
  readonly at: number | null;
}

/** A payment Paydesk keeps and does not fold. Webhooks in the order they arrived; there is at least one. */
export interface OtherPayment {
  /** As it was asked for. */
  readonly id: string;
  readonly environment: Environment;
  /** The payment request its webhooks name, when they all name the same one. */
  readonly paymentRequestId: string | null;
  readonly webhooks: readonly OtherWebhook[];
}

/** What the newest of its webhooks says, by the body's own time, else by arrival; with the payments they tell of, counted. */
export function latestWord({ webhooks }: OtherPayment): {
  readonly latest: OtherWebhook | null;
  readonly payments: number;
} {
  const latest = webhooks.reduce<OtherWebhook | null>(
    (best, one) => (best === null || timeOf(one) >= timeOf(best) ? one : best),
    null,
  );
  const payments = new Set(webhooks.map((one) => one.paymentId ?? one.eventId)).size;
  return { latest, payments };
}

function timeOf({ told, firstReceivedAt }: OtherWebhook): number {
  return told.at ?? firstReceivedAt;
}
