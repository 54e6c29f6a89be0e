import { amountOf } from "~/xendit/amounts.ts";
import type { JsonObject } from "~/xendit/bodies/json.ts";
import { decodeBody } from "~/xendit/canonical.ts";
import { openEnvelope } from "~/xendit/envelope.ts";
import { instantAt, listAt, textAt } from "~/xendit/fields.ts";
import type { ToldPayment } from "./other-payment.ts";

/** What a masked body says of a payment of any channel: v3, v2 or flat. Total: a body of any shape is read. */
export function readOtherPayment(bytes: Uint8Array): ToldPayment {
  const body = decodeBody(bytes);
  const payload = body === null ? {} : openEnvelope(body).payload;
  const currency = textAt(payload, "currency");
  const [only, ...more] = listAt(payload, "captures");
  const captured = only !== undefined && more.length === 0 ? textAt(only, "capture_amount") : null;
  return {
    channel: channelOf(payload),
    currency,
    ...amountOf(textAt(payload, "request_amount") ?? textAt(payload, "amount") ?? captured, currency),
    referenceId: textAt(payload, "reference_id") ?? textAt(payload, "external_id"),
    at: instantAt(payload, "updated") ?? instantAt(payload, "created"),
  };
}

const v2Details = {
  EWALLET: "ewallet",
  VIRTUAL_ACCOUNT: "virtual_account",
  OVER_THE_COUNTER: "over_the_counter",
  DIRECT_DEBIT: "direct_debit",
  DIRECT_BANK_TRANSFER: "direct_bank_transfer",
  QR_CODE: "qr_code",
} as const;

const typeWords: Readonly<Record<string, string>> = {
  EWALLET: "e-wallet",
  VIRTUAL_ACCOUNT: "virtual account",
  OVER_THE_COUNTER: "over the counter",
  DIRECT_DEBIT: "direct debit",
  DIRECT_BANK_TRANSFER: "bank transfer",
  QR_CODE: "QR code",
};

/** v3 names only the channel; v2 the method's type, and the channel inside that method. */
function channelOf(payload: JsonObject): string | null {
  const code = textAt(payload, "channel_code");
  if (code !== null) return channelWords(code);
  const type = textAt(payload, "payment_method", "type") ?? textAt(payload, "payment_method_type");
  if (type === null) return null;
  const inside = isV2Type(type) ? textAt(payload, "payment_method", v2Details[type], "channel_code") : null;
  const word = typeWords[type] ?? plain(type);
  return inside === null ? word : `${word} ${channelWords(inside)}`;
}

function isV2Type(type: string): type is keyof typeof v2Details {
  return Object.hasOwn(v2Details, type);
}

/** `BRI_VIRTUAL_ACCOUNT` reads "BRI virtual account"; a code that ends in no method's name stays as it was received. */
export function channelWords(code: string): string {
  for (const [type, word] of Object.entries(typeWords)) {
    if (code.endsWith(`_${type}`)) return `${code.slice(0, -type.length - 1).replaceAll("_", " ")} ${word}`;
  }
  return code;
}

function plain(type: string): string {
  return type.replaceAll("_", " ").toLowerCase();
}
