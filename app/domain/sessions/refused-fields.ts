import type { FieldErrors } from "../../lib/form.ts";
import type { ApiError } from "../../xendit/api-errors.ts";

/** Where Xendit's paths and codes belong on our form, so that a refusal stands beside the field it is about. */
const fieldOfPath: readonly (readonly [path: RegExp, field: string])[] = [
  [/card_payment_token_id/, "savedCard"],
  [/^\/body\/amount/, "amount"],
  [/^\/body\/currency/, "currency"],
  [/^\/body\/country/, "country"],
  [/^\/body\/capture_method/, "captureMethod"],
  [/^\/body\/reference_id/, "referenceId"],
  [/^\/body\/customer_id/, "customerId"],
  [/given_names/, "givenNames"],
  [/surname/, "surname"],
  [/\/email/, "email"],
  [/mobile_number/, "mobileNumber"],
];

const fieldOfCode: Readonly<Record<string, string>> = {
  INVALID_AMOUNT: "amount",
  INVALID_CURRENCY: "currency",
  INVALID_COUNTRY: "country",
  INVALID_CUSTOMER_ID: "customerId",
  MISSING_CUSTOMER: "givenNames",
  DISALLOWED_CAPTURE_METHOD: "captureMethod",
  INVALID_TOKEN: "savedCard",
  INVALID_TOKEN_ERROR: "savedCard",
  CARD_EXPIRED: "savedCard",
};

export function refusedFields(error: ApiError): FieldErrors {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.fields) {
    const field = fieldOfPath.find(([pattern]) => pattern.test(path))?.[1];
    if (field) errors[field] ??= message;
  }
  const field = error.errorCode === null ? undefined : fieldOfCode[error.errorCode];
  if (field) errors[field] ??= error.received ?? error.message;
  return errors;
}
