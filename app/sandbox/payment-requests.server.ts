import { and, eq } from "drizzle-orm";
import { isoTime } from "../xendit/bodies/json.ts";
import { ApiError, dataNotFound } from "./api-error.ts";
import { answer, type Call, param } from "./call.server.ts";
import { changed, storedBody } from "./stored.ts";

export async function getPaymentRequest(call: Call): Promise<Response> {
  const request = await requirePaymentRequest(call, param(call));
  return answer(storedBody(request.body));
}

/** Only while the shopper is waited for; what was authorized is cancelled by its payment id. */
export async function cancelPaymentRequest(call: Call): Promise<Response> {
  const { db, now } = call;
  const { sandboxPaymentRequests, sandboxTries } = db.tables;
  const request = await requirePaymentRequest(call, param(call));
  if (request.status === "AUTHORIZED") {
    throw new ApiError(400, "INELIGIBLE_TRANSACTION_STATUS", "Payment request is AUTHORIZED, cancel its payment");
  }
  const body = changed(request.body, { status: "CANCELED", updated: isoTime(now), actions: [] });
  const id = request.paymentRequestId;
  const open = and(
    eq(sandboxPaymentRequests.paymentRequestId, id),
    eq(sandboxPaymentRequests.status, "REQUIRES_ACTION"),
  );
  const challenge = and(eq(sandboxTries.paymentRequestId, id), eq(sandboxTries.stage, "challenge"));
  const written = await db.write([
    { query: db.read.update(sandboxPaymentRequests).set({ status: "CANCELED", body }).where(open), rows: 1 },
    { query: db.read.update(sandboxTries).set({ stage: "done" }).where(challenge), rows: 1 },
  ]);
  if (!written.ok) {
    throw new ApiError(400, "INACTIVE_PAYMENT_REQUEST", `Payment request is ${request.status} and cannot be cancelled`);
  }
  return answer(storedBody(body));
}

export async function requirePaymentRequest(call: Call, id: string) {
  const { sandboxPaymentRequests } = call.db.tables;
  const same = eq(sandboxPaymentRequests.paymentRequestId, id);
  const [row] = await call.db.read.select().from(sandboxPaymentRequests).where(same);
  if (!row) throw dataNotFound("Payment request");
  return row;
}
