import { readFileSync } from "node:fs";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";

const sample = JSON.parse(
  readFileSync(new URL("../fixtures/xendit/payment.capture.cards.v3.challenge.json", import.meta.url), "utf8"),
);

export interface CaptureFields {
  readonly number?: number;
  readonly eci?: string;
  readonly cvn?: string;
  readonly avs?: string;
  readonly response?: string;
  readonly data?: Record<string, unknown>;
}

/** A `payment.capture` as Xendit sends it, with ids that follow from `number` and whatever codes matter. */
export function aCapture({
  number = 1,
  eci = "05",
  cvn = "M",
  avs = "M",
  response = "00",
  data = {},
}: CaptureFields = {}) {
  const tail = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const { authorization_data, authentication_data } = sample.data.payment_details;
  return {
    ...sample,
    data: {
      ...sample.data,
      payment_request_id: `pr-${tail}`,
      payment_id: `py-${tail}`,
      captures: [{ ...sample.data.captures[0], capture_id: `cptr-${tail}` }],
      payment_details: {
        authorization_data: {
          ...authorization_data,
          network_response_code: response,
          cvn_verification_result: cvn,
          address_verification_result: avs,
        },
        authentication_data: { ...authentication_data, a_res: { ...authentication_data.a_res, eci } },
      },
      ...data,
    },
  };
}

interface ArrivalFields {
  readonly environment?: Environment;
  readonly webhookId?: string | null;
  readonly receivedAt?: number;
  readonly headers?: readonly (readonly [string, string])[];
}

/** Captures a body as if it had come through the door. Text and bytes go in exactly. */
export function capture(db: Database, body: unknown, fields: ArrivalFields = {}) {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return db.capture({
    environment: "sandbox",
    bytes,
    headers: [["content-type", "application/json"]],
    webhookId: null,
    tokenLabel: "main",
    address: "127.0.0.1",
    replayHeader: null,
    receivedAt: Date.parse("2026-03-10T12:00:00Z"),
    ...fields,
  });
}
