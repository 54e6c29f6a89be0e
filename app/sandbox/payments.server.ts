import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { toMinorUnits } from "../lib/money.ts";
import { isoTime, type JsonObject, jsonNumber } from "../xendit/bodies/json.ts";
import { paymentWebhookData } from "./advance.server.ts";
import { ApiError, dataNotFound, invalidField, throwIfInvalid } from "./api-error.ts";
import { answer, type Call, param, readBody } from "./call.server.ts";
import { outboxStatements } from "./outbox.server.ts";
import { requirePaymentRequest } from "./payment-requests.server.ts";
import { deliveryTime } from "./schedule.ts";
import { type FieldError, shapeOf } from "./shape.ts";
import { changed, digitsOf, storedBody, textOf, timeOf } from "./stored.ts";

/** How long before the capture a payment was updated: in every captured body it is the earlier of the two. */
const UPDATED_BEFORE_CAPTURE = 3;

type PaymentRow = Awaited<ReturnType<typeof requirePayment>>;

export async function getPayment(call: Call): Promise<Response> {
  const payment = await requirePayment(call);
  return answer(storedBody(payment.body));
}

/** One capture, in full or in part; the rest of the authorization is released. */
export async function capturePayment(call: Call): Promise<Response> {
  const payment = await requirePayment(call);
  const body = storedBody(payment.body);
  const errors: FieldError[] = [];
  const amount = shapeOf(await readBody(call.request), errors).number("capture_amount", { required: true }) ?? "";
  throwIfInvalid(errors);
  const currency = textOf(body, "currency");
  const minor = toMinorUnits(amount, currency);
  if (minor === null || minor <= 0) throw invalidField("capture_amount", "must be a positive amount of the currency");
  requireHeld(payment, "captured");
  if (minor > (toMinorUnits(digitsOf(body, "request_amount"), currency) ?? 0)) {
    throw new ApiError(400, "CAPTURE_AMOUNT_EXCEEDED", "capture_amount exceeds the authorized amount");
  }
  const { now } = call;
  const updated = Math.max(timeOf(body, "created"), now - UPDATED_BEFORE_CAPTURE);
  const capture = {
    capture_id: `cptr-${randomUUID()}`,
    capture_amount: jsonNumber(amount),
    capture_timestamp: isoTime(now),
  };
  return endAuthorization(call, payment, "SUCCEEDED", { updated: isoTime(updated), captures: [capture] });
}

/** A void. Xendit tells it by no webhook. */
export async function cancelPayment(call: Call): Promise<Response> {
  const payment = await requirePayment(call);
  requireHeld(payment, "cancelled");
  return endAuthorization(call, payment, "CANCELED", { updated: isoTime(call.now) });
}

async function endAuthorization(
  call: Call,
  payment: PaymentRow,
  status: "SUCCEEDED" | "CANCELED",
  members: JsonObject,
): Promise<Response> {
  const { db, now, settings, keys } = call;
  const { sandboxPayments, sandboxPaymentRequests } = db.tables;
  const request = await requirePaymentRequest(call, payment.paymentRequestId);
  const body = changed(payment.body, { status, ...members });
  const requestBody = changed(request.body, { status, updated: isoTime(now) });
  const held = and(eq(sandboxPayments.paymentId, payment.paymentId), eq(sandboxPayments.status, "AUTHORIZED"));
  const envelope = { event: "payment.capture", businessId: keys.businessId, data: paymentWebhookData(body) };
  const at = deliveryTime(now, settings.timeScale);
  const written = await db.write([
    { query: db.read.update(sandboxPayments).set({ status, expiresAt: null, body }).where(held), rows: 1 },
    {
      query: db.read
        .update(sandboxPaymentRequests)
        .set({ status, body: requestBody })
        .where(eq(sandboxPaymentRequests.paymentRequestId, request.paymentRequestId)),
      rows: 1,
    },
    ...(status === "SUCCEEDED" ? outboxStatements(db, settings, { envelope, at, faults: [] }, now) : []),
  ]);
  if (!written.ok) throw new ApiError(400, "INACTIVE_PAYMENT_REQUEST", "Payment is no longer AUTHORIZED");
  call.wake();
  return answer(storedBody(body));
}

function requireHeld(payment: PaymentRow, done: string): void {
  const { status } = payment;
  if (status === "AUTHORIZED") return;
  const code = status === "SUCCEEDED" ? "INELIGIBLE_TRANSACTION_STATUS" : "INACTIVE_PAYMENT_REQUEST";
  throw new ApiError(400, code, `Payment is ${status} and cannot be ${done}`);
}

/** Takes `py-` only; a `pr-` here is a frequent mistake, and is simply not found. */
async function requirePayment(call: Call) {
  const { sandboxPayments } = call.db.tables;
  const [row] = await call.db.read
    .select()
    .from(sandboxPayments)
    .where(eq(sandboxPayments.paymentId, param(call)));
  if (!row) throw dataNotFound("Payment");
  return row;
}
