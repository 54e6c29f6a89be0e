import { isKnownCurrency } from "../lib/money.ts";
import { isJsonObject, type Json, type JsonObject } from "../xendit/bodies/json.ts";
import { amountProblem, countryCurrencies } from "./amounts.ts";
import { ApiError, throwIfInvalid } from "./api-error.ts";
import { MAX_SESSION_LIFETIME, MIN_SESSION_LIFETIME, SESSION_LIFETIME } from "./schedule.ts";
import { type FieldError, type Shape, shapeOf } from "./shape.ts";

/** What a session is created from, once nothing is wrong with it. */
export interface SessionRequest {
  readonly referenceId: string;
  readonly sessionType: "PAY" | "SAVE";
  readonly amount: string;
  readonly currency: string;
  readonly country: string;
  readonly customerId: string | null;
  /** Of the customer to be created with the session. */
  readonly customerReference: string | null;
  readonly cardPaymentTokenId: string | null;
  readonly successReturnUrl: string;
  readonly failureReturnUrl: string;
  readonly expiresAt: number;
  readonly locale: string;
  readonly echoed: Readonly<Record<string, Json | undefined>>;
}

/** Fields that are answered as they came. */
const ECHOED = [
  "capture_method",
  "allow_save_payment_method",
  "channel_properties",
  "allowed_payment_channels",
  "description",
  "items",
  "metadata",
  "success_return_url",
  "cancel_return_url",
] as const;

/** Checks in Xendit's order: first the shape of everything, then what the values mean, one error at a time. */
export function checkSession(body: JsonObject, now: number): SessionRequest {
  const errors: FieldError[] = [];
  const shape = shapeOf(body, errors);
  const referenceId = shape.text("reference_id", { required: true, min: 1, max: 64 });
  const sessionType = shape.text("session_type", { required: true, oneOf: SESSION_TYPES });
  const mode = shape.text("mode", { required: true, oneOf: MODES });
  const amount = shape.number("amount", { required: true });
  const currency = shape.text("currency", { required: true });
  const country = shape.text("country", { required: true });
  const customerId = shape.text("customer_id");
  const customerReference = checkCustomer(shape.object("customer"));
  const js = shape.object("cards_session_js", { required: mode === "CARDS_SESSION_JS" });
  const tokenId = js?.text("card_payment_token_id", { min: 4, max: 80, pattern: /^(pt|ptkn)-/ });
  const successReturnUrl = js?.text("success_return_url", { required: true, max: 2048 });
  const failureReturnUrl = js?.text("failure_return_url", { required: true, max: 2048 });
  const expiry = shape.text("expires_at");
  const locale = shape.text("locale", { pattern: /^[a-z]{2}$/ });
  checkOptional(shape);
  throwIfInvalid(errors);

  checkKinds(sessionType ?? "", mode ?? "");
  const type = sessionType === "SAVE" ? "SAVE" : "PAY";
  checkMoney(amount ?? "", currency ?? "", country ?? "", type);
  checkCustomerGiven(customerId, customerReference);
  checkUrls([successReturnUrl, failureReturnUrl, body.success_return_url, body.cancel_return_url]);
  checkMetadata(body.metadata, "INVALID_METADATA");
  checkChannels(shape);
  return {
    referenceId: referenceId ?? "",
    sessionType: type,
    amount: amount ?? "",
    currency: currency ?? "",
    country: country ?? "",
    customerId: customerId ?? null,
    customerReference,
    cardPaymentTokenId: tokenId ?? null,
    successReturnUrl: successReturnUrl ?? "",
    failureReturnUrl: failureReturnUrl ?? "",
    expiresAt: expiryOf(expiry, now),
    locale: locale ?? "en",
    echoed: Object.fromEntries(ECHOED.filter((name) => name in body).map((name) => [name, body[name]])),
  };
}

const SESSION_TYPES = ["PAY", "SAVE", "SUBSCRIPTION", "AUTHORIZATION"];
const MODES = ["CARDS_SESSION_JS", "PAYMENT_LINK", "COMPONENTS"];

function checkCustomer(customer: Shape | undefined): string | null {
  if (!customer) return null;
  customer.text("type", { required: true, oneOf: ["INDIVIDUAL"] });
  customer.text("email", { max: 50, pattern: /^[^\s@]+@[^\s@]+$/ });
  customer.text("mobile_number", { pattern: /^\+[1-9]\d{1,14}$/ });
  const person = customer.object("individual_detail", { required: true });
  person?.text("given_names", { required: true, min: 1, max: 50, pattern: /^[\p{L}\p{M}\p{N} .'-]+$/u });
  person?.text("surname", { max: 50, pattern: /^[\p{L}\p{M}\p{N} .'-]*$/u });
  person?.text("gender", { oneOf: ["MALE", "FEMALE", "OTHER"] });
  return customer.text("reference_id", { required: true, min: 1, max: 255 }) ?? null;
}

function checkOptional(shape: Shape): void {
  shape.text("capture_method", { oneOf: ["AUTOMATIC", "MANUAL"] });
  shape.text("allow_save_payment_method", { oneOf: ["DISABLED", "OPTIONAL", "FORCED"] });
  shape.text("description", { min: 1, max: 1000 });
  shape.text("success_return_url");
  shape.text("cancel_return_url");
  shape.list("allowed_payment_channels");
  const cards = shape.object("channel_properties")?.object("cards");
  if (cards?.has("card_details")) cards.fail("card_details", "must NOT have additional properties");
  cards?.flag("skip_three_ds");
  cards?.text("card_on_file_type", { oneOf: ["RECURRING", "MERCHANT_UNSCHEDULED", "CUSTOMER_UNSCHEDULED"] });
  shape.list("items")?.forEach((item, index) => {
    if (isJsonObject(item)) checkItem(shape, item, index);
    else shape.fail(`items/${index}`, "must be object");
  });
}

function checkItem(shape: Shape, item: JsonObject, index: number): void {
  const errors: FieldError[] = [];
  const entry = shapeOf(item, errors, "");
  entry.text("reference_id", { required: true, max: 255 });
  entry.text("type", { required: true, oneOf: ITEM_TYPES });
  entry.text("name", { required: true, max: 255 });
  entry.number("net_unit_amount", { required: true });
  const quantity = entry.number("quantity", { required: true, integer: true });
  if (quantity !== undefined && Number(quantity) < 1) entry.fail("quantity", "must be >= 1");
  for (const error of errors) shape.fail(`items/${index}${error.path}`, error.message);
}

const ITEM_TYPES = ["DIGITAL_PRODUCT", "PHYSICAL_PRODUCT", "DIGITAL_SERVICE", "PHYSICAL_SERVICE", "FEE"];

function checkKinds(sessionType: string, mode: string): void {
  if (sessionType !== "PAY" && sessionType !== "SAVE") {
    throw new ApiError(400, "SESSION_TYPE_NOT_SUPPORTED", `Session type ${sessionType} is not supported`);
  }
  if (mode !== "CARDS_SESSION_JS") {
    throw new ApiError(400, "MODE_NOT_SUPPORTED", `Mode ${mode} is not supported by the sandbox`);
  }
}

function checkMoney(amount: string, currency: string, country: string, sessionType: "PAY" | "SAVE"): void {
  const currencies = Object.hasOwn(countryCurrencies, country) ? countryCurrencies[country] : undefined;
  if (!currencies) throw new ApiError(400, "INVALID_COUNTRY", `Country ${country} is not supported`);
  if (!isKnownCurrency(currency)) throw new ApiError(400, "INVALID_CURRENCY", `Currency ${currency} is not supported`);
  if (!currencies.includes(currency)) {
    throw new ApiError(400, "INVALID_CURRENCY", `Currency ${currency} does not match country ${country}`);
  }
  const problem = amountProblem(amount, currency, sessionType);
  if (problem) throw new ApiError(400, "INVALID_AMOUNT", problem);
}

function checkCustomerGiven(customerId: string | undefined, customerReference: string | null): void {
  if (customerId === undefined && customerReference === null) {
    throw new ApiError(400, "MISSING_CUSTOMER", "Either customer or customer_id is required");
  }
  if (customerId !== undefined && !customerId.startsWith("cust-")) {
    throw new ApiError(400, "INVALID_CUSTOMER_ID", "customer_id must start with cust-");
  }
}

/** Xendit takes https only. Plain http on loopback is this sandbox's own exception, for people developing. */
function checkUrls(urls: readonly (Json | undefined)[]): void {
  const bad = urls.filter((url) => url !== undefined && url !== null).find((url) => !isReturnUrl(url));
  if (bad !== undefined) throw new ApiError(400, "INVALID_URL", "Return URLs must be HTTPS");
}

function isReturnUrl(value: Json): boolean {
  // URL drops line breaks silently; in a redirect's header they would begin another header.
  if (typeof value !== "string" || /\p{Cc}/u.test(value) || !URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && isLoopbackName(hostname));
}

function isLoopbackName(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\./.test(hostname);
}

function checkMetadata(metadata: Json | undefined, errorCode: string): void {
  if (metadata === undefined || metadata === null) return;
  if (!isJsonObject(metadata)) throw new ApiError(400, errorCode, "Metadata must be an object");
  const entries = Object.entries(metadata);
  if (entries.length > 20) throw new ApiError(400, errorCode, "Metadata can have at most 20 keys");
  for (const [key, value] of entries) {
    if (key.length > 40) throw new ApiError(400, errorCode, "Metadata keys can have at most 40 characters");
    if (typeof value === "string" && value.length > 80) {
      throw new ApiError(400, errorCode, "Metadata values can have at most 80 characters");
    }
  }
}

function checkChannels(shape: Shape): void {
  const channels = shape.list("allowed_payment_channels");
  if (channels && !channels.includes("CARDS")) {
    throw new ApiError(400, "INVALID_PAYMENT_CHANNEL", "Payment channel CARDS is required for mode CARDS_SESSION_JS");
  }
  const items = shape.list("items") ?? [];
  for (const item of items) if (isJsonObject(item)) checkMetadata(item.metadata, "INVALID_ITEM_METADATA");
}

function expiryOf(text: string | undefined, now: number): number {
  if (text === undefined) return now + SESSION_LIFETIME;
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new ApiError(400, "INVALID_EXPIRY_DATE", "expires_at must be an ISO 8601 date-time");
  if (at < now + MIN_SESSION_LIFETIME) {
    throw new ApiError(400, "INVALID_EXPIRY_DATE", "expires_at must be at least 10 minutes in the future");
  }
  if (at > now + MAX_SESSION_LIFETIME) {
    throw new ApiError(400, "INVALID_EXPIRY_DATE", "expires_at must be at most 30 days in the future");
  }
  return at;
}
