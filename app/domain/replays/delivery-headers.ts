import type { DeliveryTarget } from "../destinations/delivery-target.server.ts";
import { signatureHeaders } from "../destinations/standard-webhooks.ts";
import { ARRIVAL_HEADER, FORWARD_HEADER, REPLAY_HEADER } from "./replay.ts";

interface Sent {
  readonly attemptId: string;
  readonly isForward: boolean;
  readonly event: {
    readonly eventId: string;
    /** As stored: lower-cased names. */
    readonly headers: readonly (readonly [string, string])[];
    readonly firstReceivedAt: number;
    readonly bytes: Uint8Array;
  };
  readonly now: number;
}

/**
 * The headers of one try: the sender's content type, the token typed for the destination, what marks it as ours, when the
 * webhook first came, and a Standard Webhooks signature. `webhook-id` is the same at every try; what is signed is signed
 * with it, so it is there even where the sender's own is not wanted.
 */
export function deliveryHeaders(
  target: Pick<DeliveryTarget, "token" | "signingSecrets" | "sendsWebhookId">,
  { attemptId, isForward, event, now }: Sent,
): Record<string, string> {
  const original = new Map(event.headers);
  const id = (target.sendsWebhookId ? original.get("webhook-id") : undefined) ?? event.eventId;
  const secrets = target.signingSecrets;
  return {
    "content-type": original.get("content-type") ?? "application/json",
    "user-agent": "Paydesk",
    ...(target.token === null ? {} : { "x-callback-token": target.token }),
    ...(target.sendsWebhookId || secrets.length > 0
      ? signatureHeaders({ secrets, id, timestampSeconds: Math.floor(now / 1_000), body: event.bytes })
      : {}),
    [isForward ? FORWARD_HEADER : REPLAY_HEADER]: attemptId,
    [ARRIVAL_HEADER]: new Date(event.firstReceivedAt).toISOString(),
  };
}
