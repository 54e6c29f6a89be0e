/** What went wrong in a call to Xendit (or the sandbox), and the words for it. Pure: the CVN page reads the same table. */
export type ApiErrorKind =
  | "validation"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "rate_limited"
  | "unavailable"
  | "timeout"
  | "unreachable"
  | "unreadable"
  | "aborted"
  | "refused";

export interface ApiFieldError {
  /** As sent: `/body/amount`, or `""` when Xendit names no field. */
  readonly path: string;
  readonly message: string;
}

export interface ApiError {
  readonly kind: ApiErrorKind;
  /** Xendit's `error_code`; `null` when no answer with one came. */
  readonly errorCode: string | null;
  /** Plain words: what happened and what to do. Never contains a key. */
  readonly message: string;
  /** Xendit's own sentence, as received; foreign text. */
  readonly received: string | null;
  readonly fields: readonly ApiFieldError[];
  /** Seconds until a try makes sense, when Xendit said so. */
  readonly retryAfterSeconds: number | null;
}

/** FACTS 1.1, 1.2 and 3. Each says what happened and what helps, without repeating the code. */
const wordsByErrorCode: Readonly<Record<string, string>> = {
  API_VALIDATION_ERROR: "Xendit did not accept the form of the request. The fields concerned are named below.",
  INVALID_VALUE_ERROR: "A value has the right form but this channel or your account settings do not allow it.",
  INVALID_AMOUNT:
    "The amount is not allowed: it must be above zero (zero when saving a card) and have no more decimals than the currency.",
  INVALID_CURRENCY: "The currency is not one Xendit takes, or does not go with the country.",
  INVALID_COUNTRY: "The country is not one Xendit takes, or does not go with the currency.",
  INVALID_PAYMENT_CHANNEL: "Card payments are not activated for this account, country or currency.",
  INVALID_PRIMARY_PAYMENT_CHANNEL: "The first payment channel named is not available for this account.",
  INVALID_METADATA: "The metadata is too large: at most 20 keys of 40 characters, with values of 80 characters.",
  INVALID_ITEM_METADATA:
    "An item's metadata is too large: at most 20 keys of 40 characters, with values of 80 characters.",
  INVALID_CUSTOMER_ID: "The customer id must begin with cust- and be 41 characters long.",
  MISSING_CUSTOMER: "A session for the CVN step needs a customer: fill in the customer, or give a customer id.",
  INVALID_URL: "Xendit takes only public https addresses as return URLs. Set PUBLIC_URL to one and start again.",
  INVALID_EXPIRY_DATE: "The expiry must be at least 10 minutes from now and within Xendit's maximum.",
  DISALLOWED_CAPTURE_METHOD: "Manual capture is not allowed for this channel.",
  ITEMS_NOT_SUPPORTED: "Items cannot be sent with this kind of session.",
  SESSION_TYPE_NOT_SUPPORTED: "Xendit does not take this session type.",
  MODE_NOT_SUPPORTED: "Your account cannot create sessions in this mode; Xendit support can switch it on.",
  INVALID_API_KEY: "Xendit does not know this key, or it may not use this API. Check XENDIT_SECRET_KEY.",
  REQUEST_FORBIDDEN_ERROR:
    "The key lacks the permission for this call. Its permissions are set in the Xendit dashboard.",
  UNAUTHORIZED_SENDER_IP: "This server's address is not on the account's IP allowlist in the Xendit dashboard.",
  INELIGIBLE_SESSION_REQUEST: "The account is not enabled for payment sessions.",
  DATA_NOT_FOUND:
    "Xendit finds nothing under this id with this key. A test id is not known to a live key, nor the reverse.",
  NOT_FOUND: "Xendit does not know this session under this key.",
  SESSION_NOT_FOUND: "Xendit does not know this session under this key.",
  CUSTOMER_NOT_FOUND: "Xendit does not know this customer under this key.",
  DUPLICATE_ERROR: "This reference is already taken. Customer references must be new for a new customer.",
  INVALID_SESSION_STATUS: "The session is no longer open, so this cannot be done to it any more.",
  RATE_LIMIT_EXCEEDED: "Too many calls within a minute (60 in test mode, 600 live).",
  INACTIVE_PAYMENT_REQUEST: "The payment request has already ended.",
  CARD_EXPIRED: "The card is past its expiry date; save a new one.",
  INVALID_PAYMENT_DETAILS: "The details entered by the shopper are not valid.",
  PAYMENT_REQUEST_RATE_LIMITED: "The card channel takes no more requests for now. Try again later.",
  INVALID_TOKEN: "The saved card has expired or was removed; save it again.",
  INVALID_TOKEN_ERROR: "The saved card cannot be used with this session; it may have expired or been removed.",
  INVALID_OAUTH_TOKEN:
    "The public key was not accepted. Check XENDIT_PUBLIC_KEY: it must belong to the same account and mode.",
  INELIGIBLE_TRANSACTION_STATUS: "The payment's status does not allow this.",
  CAPTURE_AMOUNT_EXCEEDED: "More than what is still held cannot be captured.",
  REFUND_AMOUNT_EXCEEDED: "More than what was captured and not yet refunded cannot be refunded.",
  PARTIAL_REFUND_COUNTS_EXCEEDED: "The channel allows no further partial refund.",
  REFUND_IN_PROGRESS: "Another refund of this payment is still pending.",
  INSUFFICIENT_BALANCE: "The account's balance does not cover the refund.",
  TEMPORARILY_UNAVAILABLE: "Xendit cannot do this right now. Try again later.",
  SKIP_3DS_FORBIDDEN: "Payments without 3-D Secure are not switched on for this account.",
  INVALID_MERCHANT_SETTINGS: "The account's card settings do not allow this; Xendit support can tell which.",
  ACCOUNT_ACCESS_BLOCKED: "The account is blocked at Xendit.",
  REFUND_NOT_SUPPORTED: "The channel cannot refund.",
  PARTIAL_REFUND_NOT_SUPPORTED: "The channel cannot refund a part.",
  ACCOUNT_ALREADY_LINKED: "This account is already linked.",
  CHANNEL_UNAVAILABLE: "The card channel is down. Try again later.",
  ISSUER_UNAVAILABLE: "The card's bank cannot be reached. Try again later.",
  SERVICE_UNAVAILABLE: "Xendit is not available right now. Try again in a moment.",
  SERVER_ERROR: "Something went wrong at Xendit. Whether the call took effect is not known: look before trying again.",
};

export const KNOWN_API_ERROR_CODES = Object.keys(wordsByErrorCode);

const wordsByKind: Record<ApiErrorKind, string> = {
  validation: "Xendit did not accept the request.",
  unauthorized: "Xendit did not accept the key.",
  forbidden: "Xendit does not allow this with this key.",
  not_found: "Xendit does not know this id under this key.",
  conflict: "Xendit already has something under this reference.",
  rate_limited: "Too many calls within a minute.",
  unavailable: "Xendit cannot answer right now. Whether the call took effect is not known: look before trying again.",
  timeout:
    "Xendit did not answer within 30 seconds. Whether the call took effect is not known: look before trying again.",
  unreachable: "Xendit could not be reached; nothing was sent. Check the network and XENDIT_API_URL.",
  unreadable: "The answer could not be read as Xendit's.",
  aborted: "The call was given up before an answer came.",
  refused: "Xendit refused the call.",
};

/** The words for an error code, or `null` when we have none and Xendit's own sentence has to do. */
export function apiErrorWords(errorCode: string | null): string | null {
  return errorCode !== null && Object.hasOwn(wordsByErrorCode, errorCode)
    ? (wordsByErrorCode[errorCode] ?? null)
    : null;
}

/** An error made of whatever is known; `received` fills in for a code without words of ours. */
export function apiError(
  kind: ApiErrorKind,
  known: Partial<Pick<ApiError, "errorCode" | "received" | "fields" | "retryAfterSeconds">> = {},
): ApiError {
  const errorCode = known.errorCode ?? null;
  const received = known.received ?? null;
  const retryAfterSeconds = known.retryAfterSeconds ?? null;
  const words =
    apiErrorWords(errorCode) ?? (received ? `${wordsByKind[kind]} It said: ${received}` : wordsByKind[kind]);
  const wait = retryAfterSeconds === null ? "" : ` Try again in ${Math.ceil(retryAfterSeconds)} s.`;
  return { kind, errorCode, message: words + wait, received, fields: known.fields ?? [], retryAfterSeconds };
}

export function errorKindOfStatus(status: number): ApiErrorKind {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 409) return "conflict";
  if (status === 429) return "rate_limited";
  if (status === 400 || status === 422) return "validation";
  if (status >= 500) return "unavailable";
  return status >= 400 ? "refused" : "unreadable";
}
