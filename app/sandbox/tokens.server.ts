import { and, desc, eq } from "drizzle-orm";
import { makeToken } from "../xendit/bodies/card-bodies.ts";
import { isoTime, type JsonObject, jsonText } from "../xendit/bodies/json.ts";
import { ApiError, dataNotFound } from "./api-error.ts";
import { answer, type Call, param } from "./call.server.ts";
import { SANDBOX_SAVED_CARDS, SAVED_CARDS_SINCE, type SandboxCard, savedCardLabel } from "./saved-cards.ts";
import { changed, storedBody } from "./stored.ts";

interface FoundToken {
  readonly status: string;
  readonly body: string;
  readonly card: SandboxCard;
  /** False for the cards every installation has, until something happens to one. */
  readonly stored: boolean;
}

/** A saved card by its token: one that was saved here, else one of those every installation has. */
export async function findSavedCard(call: Pick<Call, "db" | "keys">, tokenId: string): Promise<FoundToken | null> {
  const { sandboxTokens } = call.db.tables;
  const [row] = await call.db.read.select().from(sandboxTokens).where(eq(sandboxTokens.paymentTokenId, tokenId));
  if (row) return { status: row.status, body: row.body, card: row.card as SandboxCard, stored: true };
  const seeded = SANDBOX_SAVED_CARDS.find((saved) => saved.paymentTokenId === tokenId);
  if (!seeded) return null;
  const body = jsonText(seededToken(tokenId, seeded.card, call.keys.businessId));
  return { status: "ACTIVE", body, card: seeded.card, stored: false };
}

export async function getToken(call: Call): Promise<Response> {
  const token = await findSavedCard(call, param(call));
  if (!token) throw dataNotFound("Payment token");
  return answer(storedBody(token.body));
}

export async function cancelToken(call: Call): Promise<Response> {
  const { db, now } = call;
  const { sandboxTokens } = db.tables;
  const paymentTokenId = param(call);
  const token = await findSavedCard(call, paymentTokenId);
  if (!token) throw dataNotFound("Payment token");
  const body = changed(token.body, { status: "CANCELED", updated: isoTime(now), actions: undefined });
  const active = and(eq(sandboxTokens.paymentTokenId, paymentTokenId), eq(sandboxTokens.status, "ACTIVE"));
  const fields = { status: "CANCELED", body };
  const query = token.stored
    ? db.read.update(sandboxTokens).set(fields).where(active)
    : db.read.insert(sandboxTokens).values({ paymentTokenId, createdAt: now, card: token.card, ...fields });
  const written = await db.write([{ query, rows: 1 }]);
  if (!written.ok) throw new ApiError(400, "INVALID_TOKEN", `Payment token is ${token.status}, expecting ACTIVE`);
  return answer(storedBody(body));
}

/** A sandbox extension: Xendit has no list of tokens, and a tester has to choose one from somewhere. */
export async function listSavedCards(call: Call): Promise<Response> {
  const { sandboxTokens } = call.db.tables;
  const rows = await call.db.read.select().from(sandboxTokens).orderBy(desc(sandboxTokens.createdAt));
  const touched = new Set(rows.map((row) => row.paymentTokenId));
  const saved = rows.filter((row) => row.status === "ACTIVE" && (row.card as SandboxCard).demo !== true);
  const seeded = SANDBOX_SAVED_CARDS.filter((card) => !touched.has(card.paymentTokenId));
  return answer({
    data: [
      ...seeded.map((one) => savedCardEntry(one.paymentTokenId, one.card, false)),
      ...saved.map((row) => savedCardEntry(row.paymentTokenId, row.card as SandboxCard, true)),
    ],
  });
}

function savedCardEntry(tokenId: string, card: SandboxCard, savedHere: boolean): JsonObject {
  return {
    payment_token_id: tokenId,
    network: card.network,
    // Saved here, it may look just like another: the end of its token tells them apart.
    label: savedHere ? `${savedCardLabel(card)}, saved here (…${tokenId.slice(-6)})` : savedCardLabel(card),
    flow: card.flow,
    masked_card_number: card.maskedCardNumber,
    expiry_month: card.expiryMonth,
    expiry_year: card.expiryYear,
    saved_here: savedHere,
  };
}

function seededToken(tokenId: string, card: SandboxCard, businessId: string): JsonObject {
  return makeToken({
    card,
    successReturnUrl: "https://merchant.example/success",
    failureReturnUrl: "https://merchant.example/failure",
    businessId,
    paymentTokenId: tokenId,
    referenceId: `saved-card-${card.maskedCardNumber.slice(-4)}`,
    customerId: tokenId.replace("pt-", "cust-"),
    country: "ID",
    currency: "IDR",
    status: "ACTIVE",
    authorization: null,
    authentication: null,
    createdAt: SAVED_CARDS_SINCE,
    updatedAt: SAVED_CARDS_SINCE,
  });
}
