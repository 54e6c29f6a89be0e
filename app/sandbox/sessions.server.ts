import { randomBytes, randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Statement } from "../db.server.ts";
import { isoTime, jsonText } from "../xendit/bodies/json.ts";
import { makeSessionAnswer } from "../xendit/bodies/session-bodies.ts";
import { ApiError } from "./api-error.ts";
import { answer, type Call, param, readBody } from "./call.server.ts";
import { checkSession, type SessionRequest } from "./check-session.ts";
import { findSession } from "./settle-try.server.ts";
import { changed, storedBody } from "./stored.ts";
import { findSavedCard } from "./tokens.server.ts";

export async function createSession(call: Call): Promise<Response> {
  const { db, keys, now } = call;
  const wanted = checkSession(await readBody(call.request), now);
  await checkToken(call, wanted.cardPaymentTokenId);
  const customer = await customerOf(call, wanted);
  const body = makeSessionAnswer({
    ...wanted,
    businessId: keys.businessId,
    paymentSessionId: `ps-${randomBytes(12).toString("hex")}`,
    customerId: customer.customerId,
    createdAt: now,
    updatedAt: now,
    status: "ACTIVE",
  });
  const session = {
    paymentSessionId: String(body.payment_session_id),
    status: "ACTIVE",
    createdAt: now,
    expiresAt: wanted.expiresAt,
    body: jsonText(body),
    levers: {},
  };
  const written = await db.write([
    ...customer.statements,
    { query: db.read.insert(db.tables.sandboxSessions).values(session), rows: 1 },
  ]);
  // Only another request creating the same customer can have come between.
  if (!written.ok) throw duplicateCustomer();
  call.wake();
  return answer(body, 201);
}

export async function getSession(call: Call): Promise<Response> {
  const session = await requireSession(call);
  return answer(storedBody(session.body));
}

export async function cancelSession(call: Call): Promise<Response> {
  const { db, now } = call;
  const session = await requireSession(call);
  const body = changed(session.body, { status: "CANCELED", updated: isoTime(now) });
  const { sandboxSessions } = db.tables;
  const active = and(
    eq(sandboxSessions.paymentSessionId, session.paymentSessionId),
    eq(sandboxSessions.status, "ACTIVE"),
  );
  const update = db.read.update(sandboxSessions).set({ status: "CANCELED", body }).where(active);
  const written = await db.write([{ query: update, rows: 1 }]);
  if (written.ok) return answer(storedBody(body));
  const { status } = (await findSession(db, session.paymentSessionId)) ?? session;
  throw new ApiError(422, "INVALID_SESSION_STATUS", `Session status is ${status}, expecting ACTIVE`);
}

export async function requireSession(call: Call) {
  const session = await findSession(call.db, param(call));
  if (!session) throw new ApiError(404, "NOT_FOUND", "Session not found");
  return session;
}

async function checkToken(call: Call, tokenId: string | null): Promise<void> {
  if (tokenId === null) return;
  const saved = await findSavedCard(call, tokenId);
  if (!saved) throw new ApiError(404, "DATA_NOT_FOUND", "Payment token not found");
  if (saved.status !== "ACTIVE") {
    throw new ApiError(400, "INVALID_TOKEN", `Payment token is ${saved.status}, expecting ACTIVE`);
  }
}

async function customerOf(
  { db, now }: Call,
  wanted: SessionRequest,
): Promise<{ customerId: string; statements: Statement[] }> {
  const { sandboxCustomers } = db.tables;
  if (wanted.customerId !== null) {
    const [known] = await db.read
      .select()
      .from(sandboxCustomers)
      .where(eq(sandboxCustomers.customerId, wanted.customerId));
    if (!known) throw new ApiError(404, "DATA_NOT_FOUND", "Customer not found");
    return { customerId: known.customerId, statements: [] };
  }
  const referenceId = wanted.customerReference ?? "";
  const [taken] = await db.read.select().from(sandboxCustomers).where(eq(sandboxCustomers.referenceId, referenceId));
  if (taken) throw duplicateCustomer();
  const customer = { customerId: `cust-${randomUUID()}`, referenceId, createdAt: now };
  const insert = db.read.insert(sandboxCustomers).values(customer).onConflictDoNothing();
  return { customerId: customer.customerId, statements: [{ query: insert, rows: 1 }] };
}

function duplicateCustomer(): ApiError {
  return new ApiError(409, "DUPLICATE_ERROR", "customer.reference_id is already used by another customer");
}
