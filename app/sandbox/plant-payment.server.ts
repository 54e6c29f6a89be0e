import { isJsonObject, type JsonObject, jsonText } from "../xendit/bodies/json.ts";
import { throwIfInvalid } from "./api-error.ts";
import { answer, type Call, param, readBody } from "./call.server.ts";
import type { FieldError } from "./shape.ts";
import { textOf, textOrNull, timeOf } from "./stored.ts";

/**
 * Makes the API know a payment that nobody made, with the bodies it is to answer with: the fault lab asks whether a
 * merchant finds what no webhook told. A sandbox extension; planting the same again changes nothing.
 */
export async function plantPayment(call: Call): Promise<Response> {
  const body = await readBody(call.request);
  const paymentRequestId = param(call);
  const { request, payment } = checked(body, paymentRequestId);
  const { sandboxPaymentRequests, sandboxPayments } = call.db.tables;
  const requestRow = {
    paymentRequestId,
    paymentSessionId: textOf(body, "payment_session_id"),
    status: textOf(request, "status"),
    createdAt: timeOf(request, "created"),
    body: jsonText(request),
  };
  const paymentRow = {
    paymentId: textOf(payment, "payment_id"),
    paymentRequestId,
    status: textOf(payment, "status"),
    createdAt: timeOf(payment, "created"),
    expiresAt: null,
    body: jsonText(payment),
  };
  const { db } = call;
  await db.write([
    { query: db.read.insert(sandboxPaymentRequests).values(requestRow).onConflictDoNothing(), rows: "any" },
    { query: db.read.insert(sandboxPayments).values(paymentRow).onConflictDoNothing(), rows: "any" },
  ]);
  return answer(request);
}

function checked(body: JsonObject, id: string): { request: JsonObject; payment: JsonObject } {
  const { payment_request: request, payment } = body;
  const errors: FieldError[] = [];
  const fail = (name: string) => errors.push({ path: `/body/${name}`, message: "is not what the API would answer" });
  if (!textOrNull(body, "payment_session_id")?.startsWith("ps-")) fail("payment_session_id");
  const isRequest = isJsonObject(request) && request.payment_request_id === id && hasState(request);
  const isPayment = isJsonObject(payment) && payment.payment_request_id === id && hasState(payment);
  if (!isRequest) fail("payment_request");
  if (!isPayment || !textOrNull(payment, "payment_id")?.startsWith("py-")) fail("payment");
  throwIfInvalid(errors);
  if (!isRequest || !isPayment) throw new Error("An invalid plant was let through.");
  return { request, payment };
}

function hasState(body: JsonObject): boolean {
  const created = textOrNull(body, "created");
  return textOrNull(body, "status") !== null && created !== null && !Number.isNaN(Date.parse(created));
}
