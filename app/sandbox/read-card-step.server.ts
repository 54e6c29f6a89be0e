import type { Config } from "../env.server.ts";
import type { Json, JsonObject } from "../xendit/bodies/json.ts";
import { ApiError, throwIfInvalid } from "./api-error.ts";
import { cardKind, isCardNumber, maskCardNumber } from "./cards.ts";
import { cardFingerprint } from "./keys.server.ts";
import type { SandboxCard } from "./saved-cards.ts";
import { type FieldError, type Shape, shapeOf } from "./shape.ts";
import { withoutCardData } from "./without-card-data.ts";

/** What the browser sent, after card number and CVN were dropped. Nothing past this file ever holds either. */
export interface CardStep {
  readonly paymentSessionId: string;
  readonly cvnGiven: boolean;
  readonly confirmSave: boolean;
  /** `null`: the session's saved card is meant. */
  readonly card: SandboxCard | null;
  readonly billingInformation: Json | undefined;
}

export function readCardStep(sent: JsonObject, config: Config, now: number): CardStep {
  const errors: FieldError[] = [];
  // Card number and CVN are read where they belong; typed anywhere else they must not be kept by accident.
  const shape = shapeOf({ ...withoutCardData(sent), card_number: sent.card_number, cvn: sent.cvn }, errors);
  const paymentSessionId = shape.text("payment_session_id", { required: true, min: 27, max: 27 });
  const withCard = shape.has("card_number");
  const cvn = shape.text("cvn", { required: !withCard, pattern: /^\d{3,4}$/ });
  const confirmSave = shape.flag("confirm_save") ?? false;
  shape.object("device")?.text("fingerprint");
  const billing = shape.object("billing_information");
  const card = withCard ? readCard(shape, config) : null;
  throwIfInvalid(errors);
  if (card && hasExpired(card, now)) throw new ApiError(400, "CARD_EXPIRED", "Card has expired");
  return {
    paymentSessionId: paymentSessionId ?? "",
    cvnGiven: cvn !== undefined,
    confirmSave,
    card,
    billingInformation: billing ? addressOf(billing.body) : undefined,
  };
}

function readCard(shape: Shape, config: Config): SandboxCard | null {
  const number = (shape.text("card_number", { required: true }) ?? "").replace(/[\s-]/g, "");
  const expiryMonth = shape.text("expiry_month", { required: true, pattern: /^(0[1-9]|1[0-2])$/ });
  const expiryYear = shape.text("expiry_year", { required: true, pattern: /^20\d\d$/ });
  const holder = {
    cardholderFirstName: shape.text("cardholder_first_name", { max: 100 }) ?? null,
    cardholderLastName: shape.text("cardholder_last_name", { max: 100 }) ?? null,
    cardholderEmail: shape.text("cardholder_email", { max: 255 }) ?? null,
    cardholderPhoneNumber: shape.text("cardholder_phone_number", { max: 20 }) ?? null,
  };
  if (!isCardNumber(number)) {
    shape.fail("card_number", "must be a valid card number");
    return null;
  }
  const { network, flow, frictionlessBelow } = cardKind(number);
  return {
    maskedCardNumber: maskCardNumber(number),
    expiryMonth: expiryMonth ?? "",
    expiryYear: expiryYear ?? "",
    fingerprint: cardFingerprint(number, config),
    type: "CREDIT",
    network,
    country: "ID",
    issuer: "PT BANK RAKYAT INDONESIA TBK",
    ...holder,
    flow,
    frictionlessBelow,
  };
}

/** A card is good to the end of its month. */
function hasExpired(card: SandboxCard, now: number): boolean {
  return Date.UTC(Number(card.expiryYear), Number(card.expiryMonth), 1) <= now;
}

const ADDRESS_FIELDS = [
  "first_name",
  "last_name",
  "email",
  "phone_number",
  "street_line1",
  "street_line2",
  "city",
  "province_state",
  "country",
  "postal_code",
];

function addressOf(billing: JsonObject): JsonObject {
  return Object.fromEntries(ADDRESS_FIELDS.filter((name) => name in billing).map((name) => [name, billing[name]]));
}
