import { randomBytes, randomUUID } from "node:crypto";
import type { Statement } from "../db.server.ts";
import { toMinorUnits } from "../lib/money.ts";
import { makePaymentRequest, makeToken } from "../xendit/bodies/card-bodies.ts";
import type { ThreeDsFlow } from "../xendit/bodies/card-results.ts";
import { isJsonObject, type JsonObject, jsonText } from "../xendit/bodies/json.ts";
import { dataNotFound, invalidField } from "./api-error.ts";
import { answer, type Call, readRawBody } from "./call.server.ts";
import { effectiveNetwork, type TryPlan } from "./decide.ts";
import type { Levers } from "./levers.ts";
import { type CardStep, readCardStep } from "./read-card-step.server.ts";
import type { SandboxCard } from "./saved-cards.ts";
import { IMMEDIATE_DECISION, PAYMENT_REQUEST_LIFETIME } from "./schedule.ts";
import { findSession } from "./settle-try.server.ts";
import { digitsOf, objectOf, storedBody, textOf, textOrNull } from "./stored.ts";
import { findSavedCard } from "./tokens.server.ts";
import { whenSettled } from "./try-outcome.ts";

const MESSAGE = "Status updated. Wait for a callback or get the status using the Get API.";

/** The card step of a session, called by the shopper's browser with the public key. */
export async function payWithSession(call: Call): Promise<Response> {
  const step = readCardStep(await readRawBody(call.request), call.config, call.now);
  const session = await findSession(call.db, step.paymentSessionId);
  if (!session) throw dataNotFound("Payment session");
  if (session.status !== "ACTIVE") {
    throw invalidField("payment_session_id", `must be an ACTIVE session, this one is ${session.status}`);
  }
  const body = storedBody(session.body);
  const card = step.card ?? (await savedCardOf(call, body));
  const levers: Levers = session.levers;
  const plan = planTry(call, { step, card, body, levers });
  const attempt = textOf(body, "session_type") === "SAVE" ? saveAttempt : payAttempt;
  const { statements, reply } = attempt(call, { step, body, plan });
  await call.db.write(statements);
  call.wake();
  return answer(reply);
}

async function savedCardOf(call: Call, session: JsonObject): Promise<SandboxCard> {
  const tokenId = textOrNull(objectOf(session, "cards_session_js"), "card_payment_token_id");
  if (tokenId === null) throw invalidField("card_number", "must have required property 'card_number'");
  const saved = await findSavedCard(call, tokenId);
  if (saved?.status !== "ACTIVE") throw invalidField("payment_session_id", "must be a session with an ACTIVE token");
  return saved.card;
}

interface Planned extends TryPlan {
  readonly authenticationId: string;
  readonly stage: "challenge" | "settling";
  readonly dueAt: number;
}

function planTry(
  call: Call,
  given: {
    readonly step: CardStep;
    readonly card: SandboxCard;
    readonly body: JsonObject;
    readonly levers: Levers;
  },
): Planned {
  const { step, card, body, levers } = given;
  const { now, settings } = call;
  const flow = levers.flow ?? cardFlow(card, body);
  const challenged = flow === "CHALLENGE";
  const plan: TryPlan = {
    card,
    flow,
    levers,
    cvnGiven: step.cvnGiven,
    paymentId: `py-${randomUUID()}`,
    paidWith: step.card ? null : textOrNull(objectOf(body, "cards_session_js"), "card_payment_token_id"),
    saves: savesCard(step, body) ? `pt-${randomUUID()}` : null,
    outcome: flow === "FRICTIONLESS" ? (levers.outcome ?? "AUTHENTICATED") : null,
    decidedAt: challenged ? null : now + IMMEDIATE_DECISION,
  };
  return {
    ...plan,
    authenticationId: randomBytes(12).toString("hex"),
    stage: challenged ? "challenge" : "settling",
    dueAt: challenged ? now + PAYMENT_REQUEST_LIFETIME : whenSettled(plan, settings.timeScale),
  };
}

function cardFlow(card: SandboxCard, session: JsonObject): ThreeDsFlow {
  const channel = session.channel_properties;
  const cards = isJsonObject(channel) ? channel.cards : undefined;
  if (isJsonObject(cards) && cards.skip_three_ds === true) return "NONE";
  const below = card.frictionlessBelow;
  const currency = textOf(session, "currency");
  const minor = toMinorUnits(digitsOf(session, "amount"), currency);
  const small = below && below.currency === currency && minor !== null && minor < below.minor;
  return small ? "FRICTIONLESS" : card.flow;
}

function savesCard(step: CardStep, session: JsonObject): boolean {
  if (!step.card) return false;
  const allowed = textOrNull(session, "allow_save_payment_method");
  return (
    textOf(session, "session_type") === "SAVE" || allowed === "FORCED" || (allowed === "OPTIONAL" && step.confirmSave)
  );
}

interface Attempt {
  readonly statements: readonly Statement[];
  readonly reply: JsonObject;
}

interface Attempting {
  readonly step: CardStep;
  readonly body: JsonObject;
  readonly plan: Planned;
}

function payAttempt(call: Call, attempting: Attempting): Attempt {
  const { db, keys, now } = call;
  const { step, body, plan } = attempting;
  const requestId = `pr-${randomUUID()}`;
  const channel = channelFacts(attempting);
  const actionUrl = actionUrlOf(call, plan);
  const request = makePaymentRequest({
    ...channel,
    billingInformation: step.billingInformation,
    businessId: keys.businessId,
    paymentRequestId: requestId,
    paymentTokenId: plan.paidWith,
    customerId: textOf(body, "customer_id"),
    referenceId: `${textOf(body, "reference_id")}_${randomUUID().slice(0, 10)}`,
    type: plan.saves ? "PAY_AND_SAVE" : "PAY",
    country: textOf(body, "country"),
    currency: textOf(body, "currency"),
    amount: digitsOf(body, "amount"),
    captureMethod: textOrNull(body, "capture_method") === "MANUAL" ? "MANUAL" : "AUTOMATIC",
    status: plan.stage === "challenge" ? "REQUIRES_ACTION" : "PENDING",
    actionUrl,
    description: textOrNull(body, "description"),
    metadata: body.metadata,
    items: body.items,
    createdAt: now,
    updatedAt: now,
  });
  const row = {
    paymentRequestId: requestId,
    paymentSessionId: step.paymentSessionId,
    status: textOf(request, "status"),
    createdAt: now,
    body: jsonText(request),
  };
  return {
    statements: [
      { query: db.read.insert(db.tables.sandboxPaymentRequests).values(row), rows: 1 },
      ...(plan.saves ? [tokenStatement(call, attempting, plan.saves)] : []),
      tryStatement(call, attempting, requestId, null),
    ],
    reply: { message: MESSAGE, payment_request_id: requestId, action_url: actionUrl ?? undefined },
  };
}

function saveAttempt(call: Call, attempting: Attempting): Attempt {
  const tokenId = attempting.plan.saves ?? `pt-${randomUUID()}`;
  return {
    statements: [tokenStatement(call, attempting, tokenId), tryStatement(call, attempting, null, tokenId)],
    reply: {
      message: MESSAGE,
      payment_token_id: tokenId,
      action_url: actionUrlOf(call, attempting.plan) ?? undefined,
    },
  };
}

function tokenStatement(call: Call, attempting: Attempting, tokenId: string): Statement {
  const { db, keys, now } = call;
  const { body, plan } = attempting;
  const status = plan.stage === "challenge" ? "REQUIRES_ACTION" : "PENDING";
  const token = makeToken({
    ...channelFacts(attempting),
    businessId: keys.businessId,
    paymentTokenId: tokenId,
    referenceId: textOf(body, "reference_id"),
    customerId: textOf(body, "customer_id"),
    country: textOf(body, "country"),
    currency: textOf(body, "currency"),
    status,
    actionUrl: actionUrlOf(call, plan),
    authorization: null,
    authentication: null,
    description: textOrNull(body, "description"),
    metadata: body.metadata,
    createdAt: now,
    updatedAt: now,
  });
  const row = { paymentTokenId: tokenId, status, createdAt: now, body: jsonText(token), card: plan.card };
  return { query: db.read.insert(db.tables.sandboxTokens).values(row), rows: 1 };
}

function tryStatement(
  { db, now }: Call,
  { step, plan }: Attempting,
  paymentRequestId: string | null,
  paymentTokenId: string | null,
): Statement {
  const { authenticationId, stage, dueAt, ...rest } = plan;
  const row = {
    authenticationId,
    paymentSessionId: step.paymentSessionId,
    paymentRequestId,
    paymentTokenId,
    stage,
    dueAt,
    createdAt: now,
    plan: rest,
  };
  return { query: db.read.insert(db.tables.sandboxTries).values(row), rows: 1 };
}

/** The card as this try's bodies show it: with the network the try runs over. */
function channelFacts({ body, plan }: Attempting) {
  const js = objectOf(body, "cards_session_js");
  return {
    card: { ...plan.card, network: effectiveNetwork(plan) },
    successReturnUrl: textOf(js, "success_return_url"),
    failureReturnUrl: textOf(js, "failure_return_url"),
    skipThreeDs: plan.flow === "NONE",
  };
}

function actionUrlOf({ config, keys }: Call, plan: Planned): string | null {
  if (plan.stage !== "challenge") return null;
  return `${config.publicUrl}/sandbox/authentications/${plan.authenticationId}/render?api_key=${keys.publicKey}`;
}
