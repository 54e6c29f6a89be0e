import { isLosslessNumber, parse } from "lossless-json";
import type { ApiFieldError } from "./api-errors.ts";

/**
 * What Paydesk needs of Xendit's answers, read tolerantly: unknown fields and values are normal, numbers may be strings,
 * and what is not there is `null` (FACTS, how to read). The bytes themselves are kept elsewhere, as an observation.
 */
export interface SessionAnswer {
  readonly paymentSessionId: string | null;
  readonly status: string | null;
  readonly expiresAt: number | null;
  readonly customerId: string | null;
  readonly paymentRequestId: string | null;
  readonly paymentId: string | null;
  readonly paymentTokenId: string | null;
}

export interface PaymentRequestAnswer {
  readonly paymentRequestId: string | null;
  readonly status: string | null;
  readonly latestPaymentId: string | null;
}

export interface PaymentAnswer {
  readonly paymentId: string | null;
  readonly paymentRequestId: string | null;
  readonly status: string | null;
}

export interface TokenAnswer {
  readonly paymentTokenId: string | null;
  readonly status: string | null;
}

export interface TransactionsAnswer {
  readonly hasMore: boolean;
  /** As sent, numbers with their digits. What is no object is left out. */
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

/** A JSON object's members, numbers with their digits; `null` when the text is not a JSON object. */
export function readObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asObject(parse(text));
  } catch {
    return null;
  }
}

export function readSession(body: Readonly<Record<string, unknown>>): SessionAnswer {
  return {
    paymentSessionId: textOf(body.payment_session_id ?? body.id),
    status: textOf(body.status),
    expiresAt: instantOf(body.expires_at),
    customerId: textOf(body.customer_id),
    paymentRequestId: textOf(body.payment_request_id),
    paymentId: textOf(body.payment_id),
    paymentTokenId: textOf(body.payment_token_id),
  };
}

export function readPaymentRequest(body: Readonly<Record<string, unknown>>): PaymentRequestAnswer {
  return {
    paymentRequestId: textOf(body.payment_request_id),
    status: textOf(body.status),
    latestPaymentId: textOf(body.latest_payment_id),
  };
}

export function readPayment(body: Readonly<Record<string, unknown>>): PaymentAnswer {
  return {
    paymentId: textOf(body.payment_id),
    paymentRequestId: textOf(body.payment_request_id),
    status: textOf(body.status),
  };
}

export function readToken(body: Readonly<Record<string, unknown>>): TokenAnswer {
  return { paymentTokenId: textOf(body.payment_token_id), status: textOf(body.status) };
}

export function readTransactions(body: Readonly<Record<string, unknown>>): TransactionsAnswer {
  const data = Array.isArray(body.data) ? body.data.map(asObject).filter((one) => one !== null) : [];
  return { hasMore: body.has_more === true, data };
}

export interface ErrorAnswer {
  readonly errorCode: string | null;
  readonly received: string | null;
  readonly fields: readonly ApiFieldError[];
}

/** `{error_code, message, errors?}`, where `errors` holds strings or `{path, message}`. */
export function readError(body: Readonly<Record<string, unknown>> | null): ErrorAnswer {
  const errors = Array.isArray(body?.errors) ? body.errors : [];
  return {
    errorCode: textOf(body?.error_code),
    received: textOf(body?.message),
    fields: errors.map(readFieldError).filter((error) => error !== null),
  };
}

function readFieldError(error: unknown): ApiFieldError | null {
  if (typeof error === "string") return { path: "", message: error };
  const members = asObject(error);
  const message = textOf(members?.message);
  return message === null ? null : { path: textOf(members?.path) ?? "", message };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isLosslessNumber(value)) return null;
  return value as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown): string | null {
  if (isLosslessNumber(value)) return value.toString();
  return typeof value === "string" && value !== "" ? value : null;
}

function instantOf(value: unknown): number | null {
  const at = Date.parse(textOf(value) ?? "");
  return Number.isNaN(at) ? null : at;
}
