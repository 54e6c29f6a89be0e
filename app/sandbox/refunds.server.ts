import { randomUUID } from "node:crypto";
import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import { CURRENCY_DECIMALS, isKnownCurrency, minorToDecimal, toMinorUnits } from "../lib/money.ts";
import { isJsonObject, type JsonObject, jsonText } from "../xendit/bodies/json.ts";
import { makeRefund } from "../xendit/bodies/refund-bodies.ts";
import { ApiError, dataNotFound, invalidField, throwIfInvalid } from "./api-error.ts";
import { answer, type Call, param, readBody } from "./call.server.ts";
import { requirePaymentRequest } from "./payment-requests.server.ts";
import { refundTime } from "./schedule.ts";
import { type FieldError, shapeOf } from "./shape.ts";
import { digitsOf, storedBody, textOf } from "./stored.ts";

const REASONS = ["FRAUDULENT", "DUPLICATE", "REQUESTED_BY_CUSTOMER", "CANCELLATION", "OTHERS"];

/** Answers PENDING; the money "arrives" a little later, with a webhook. */
export async function createRefund(call: Call): Promise<Response> {
  const wanted = checkRefund(await readBody(call.request));
  const request = await requirePaymentRequest(call, wanted.paymentRequestId);
  const payment = await paidPayment(call, request.paymentRequestId);
  const currency = textOf(payment, "currency");
  if (wanted.currency !== null && wanted.currency !== currency) {
    throw new ApiError(400, "INVALID_VALUE_ERROR", `currency must be ${currency}`);
  }
  const captured = capturedMinor(payment, currency);
  const { refunded, pending } = await refundsOf(call, request.paymentRequestId);
  if (pending) throw refundInProgress();
  const minor = wanted.amount === null ? captured - refunded : toMinorUnits(wanted.amount, currency);
  if (minor === null) throw invalidField("amount", `must have at most ${decimalsOf(currency)} decimals`);
  if (minor > captured - refunded || minor <= 0) {
    throw new ApiError(400, "REFUND_AMOUNT_EXCEEDED", "Refund amount exceeds what was captured and not yet refunded");
  }

  const { db, keys, now, settings } = call;
  const body = makeRefund({
    businessId: keys.businessId,
    refundId: `rfd-${randomUUID()}`,
    paymentRequestId: request.paymentRequestId,
    currency,
    amount: isKnownCurrency(currency) ? minorToDecimal(minor, currency) : String(minor),
    status: "PENDING",
    reason: wanted.reason,
    referenceId: wanted.referenceId ?? textOf(payment, "reference_id"),
    failureCode: null,
    metadata: wanted.metadata,
    createdAt: now,
    updatedAt: now,
    stringAmounts: settings.stringAmounts,
  });
  const row = {
    refundId: textOf(body, "id"),
    paymentRequestId: request.paymentRequestId,
    status: "PENDING",
    amountMinor: minor,
    dueAt: refundTime(now, settings.timeScale),
    createdAt: now,
    body: jsonText(body),
  };
  const written = await db.write([
    { query: onlyWithoutPendingRefund(call, request.paymentRequestId), rows: 1 },
    { query: db.read.insert(db.tables.sandboxRefunds).values(row), rows: 1 },
  ]);
  if (!written.ok) throw refundInProgress();
  call.wake();
  return answer(body);
}

export async function getRefund(call: Call): Promise<Response> {
  const { sandboxRefunds } = call.db.tables;
  const [row] = await call.db.read
    .select()
    .from(sandboxRefunds)
    .where(eq(sandboxRefunds.refundId, param(call)));
  if (!row) throw dataNotFound("Refund");
  return answer(storedBody(row.body));
}

function checkRefund(body: JsonObject) {
  const errors: FieldError[] = [];
  const shape = shapeOf(body, errors);
  const paymentRequestId = shape.text("payment_request_id", { required: true, min: 4, max: 80 });
  const reason = shape.text("reason", { required: true, oneOf: REASONS });
  const amount = shape.number("amount");
  if (amount !== undefined && !(Number(amount) > 0)) shape.fail("amount", "must be > 0");
  const currency = shape.text("currency");
  const referenceId = shape.text("reference_id", { min: 1, max: 255 });
  shape.object("metadata");
  throwIfInvalid(errors);
  return {
    paymentRequestId: paymentRequestId ?? "",
    reason: reason ?? "",
    amount: amount ?? null,
    currency: currency ?? null,
    referenceId: referenceId ?? null,
    metadata: body.metadata ?? null,
  };
}

async function paidPayment(call: Call, paymentRequestId: string): Promise<JsonObject> {
  const { sandboxPayments } = call.db.tables;
  const paid = and(eq(sandboxPayments.paymentRequestId, paymentRequestId), eq(sandboxPayments.status, "SUCCEEDED"));
  const [row] = await call.db.read.select().from(sandboxPayments).where(paid);
  if (!row) throw new ApiError(400, "INELIGIBLE_TRANSACTION_STATUS", "Only a SUCCEEDED payment can be refunded");
  return storedBody(row.body);
}

function capturedMinor(payment: JsonObject, currency: string): number {
  const captures = Array.isArray(payment.captures) ? payment.captures.filter(isJsonObject) : [];
  return captures.reduce((sum, capture) => sum + (toMinorUnits(digitsOf(capture, "capture_amount"), currency) ?? 0), 0);
}

async function refundsOf(call: Call, paymentRequestId: string) {
  const { sandboxRefunds } = call.db.tables;
  const counted = inArray(sandboxRefunds.status, ["PENDING", "SUCCEEDED"]);
  const rows = await call.db.read
    .select()
    .from(sandboxRefunds)
    .where(and(eq(sandboxRefunds.paymentRequestId, paymentRequestId), counted));
  return {
    refunded: rows.reduce((sum, row) => sum + row.amountMinor, 0),
    pending: rows.some((row) => row.status === "PENDING"),
  };
}

/** Changes nothing, but only when no refund of this request is pending: two at once cannot both pass. */
function onlyWithoutPendingRefund({ db }: Call, paymentRequestId: string) {
  const { sandboxPaymentRequests, sandboxRefunds } = db.tables;
  const pending = db.read
    .select({ one: sql`1` })
    .from(sandboxRefunds)
    .where(and(eq(sandboxRefunds.paymentRequestId, paymentRequestId), eq(sandboxRefunds.status, "PENDING")));
  return db.read
    .update(sandboxPaymentRequests)
    .set({ status: sql`${sandboxPaymentRequests.status}` })
    .where(and(eq(sandboxPaymentRequests.paymentRequestId, paymentRequestId), notExists(pending)));
}

function refundInProgress(): ApiError {
  return new ApiError(400, "REFUND_IN_PROGRESS", "Another refund of this payment request is still pending");
}

function decimalsOf(currency: string): number {
  return isKnownCurrency(currency) ? CURRENCY_DECIMALS[currency] : 2;
}
