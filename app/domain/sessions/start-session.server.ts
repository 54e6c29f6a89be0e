import { randomBytes } from "node:crypto";
import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { paths } from "../../lib/paths.ts";
import type { Scope } from "../../lib/scope.ts";
import { MINUTE, SECOND } from "../../lib/time.ts";
import type { ApiError } from "../../xendit/api-errors.ts";
import type { Exchange } from "../../xendit/exchange.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { callSandbox } from "../sandbox-control.server.ts";
import { type ChosenLevers, chosenLevers } from "./levers.ts";
import { redactExchange } from "./redact-exchange.ts";
import { refusedFields } from "./refused-fields.ts";
import { paySessionBody, type SessionOrigin, saveSessionBody } from "./session-body.ts";
import type { NewSessionForm, SaveCardForm } from "./session-form.ts";
import { stepStatement } from "./session-steps.server.ts";
import { type XenditAccess, xenditFor } from "./xendit-for.server.ts";

export type StartRefusal = "live" | "not_yours" | "not_set_up" | "unreadable";

export const startRefusalText: Record<StartRefusal, string> = {
  live: "Test sessions are never started with a live key: a live session charges a real card.",
  not_yours: "You may not start sessions in this environment.",
  not_set_up: "This environment has no key here. Set XENDIT_SECRET_KEY, or use the sandbox.",
  unreadable: "The answer named no session. It is shown below as it came.",
};

export type Started =
  | { readonly ok: true; readonly paymentSessionId: string }
  | { readonly ok: false; readonly refusal: StartRefusal; readonly exchange?: Exchange }
  | { readonly ok: false; readonly refusal: "xendit"; readonly error: ApiError; readonly exchange: Exchange };

/** A refusal as the form's page shows it: the words, Xendit's error with its fields, the raw exchange. */
export function refusedStart(started: Extract<Started, { ok: false }>) {
  const error = started.refusal === "xendit" ? started.error : null;
  const message = started.refusal === "xendit" ? started.error.message : startRefusalText[started.refusal];
  const exchange = started.exchange ? redactExchange(started.exchange) : null;
  return { errors: error ? refusedFields(error) : {}, refusal: { message, error, exchange } };
}

export interface Starter {
  readonly operatorId: string;
  readonly email: string;
  readonly scope: Scope;
}

export interface StartOptions {
  readonly config: Config;
  readonly by: Starter;
  readonly now: Date;
}

/** Creates a session at Xendit or the sandbox for the CVN step, keeps the answer, and sets the levers. */
export async function startSession(db: Database, form: NewSessionForm, options: StartOptions): Promise<Started> {
  const access = await accessFor(db, form.environment, options);
  if (typeof access === "string") return { ok: false, refusal: access };
  const levers = chosenLevers(form, form.environment);
  const started = await create(db, access, { ...options, levers, body: (origin) => paySessionBody(form, origin) });
  if (!started.ok) return started;
  await setLevers(db, options, form.environment, started.paymentSessionId, levers);
  await readToken(db, access, started.paymentSessionId, form.savedCard);
  return started;
}

/** The same for a session that saves a card: its token arrives as a webhook. */
export async function startSaveSession(db: Database, form: SaveCardForm, options: StartOptions): Promise<Started> {
  const access = await accessFor(db, form.environment, options);
  if (typeof access === "string") return { ok: false, refusal: access };
  return create(db, access, { ...options, levers: {}, body: (origin) => saveSessionBody(form, origin) });
}

async function accessFor(
  db: Database,
  environment: Environment,
  { config, by }: StartOptions,
): Promise<XenditAccess | StartRefusal> {
  if (environment === "live") return "live";
  if (!by.scope.environments.includes(environment)) return "not_yours";
  return (await xenditFor(db, config, environment)) ?? "not_set_up";
}

interface CreateOptions extends StartOptions {
  readonly levers: ChosenLevers;
  body(origin: SessionOrigin): string;
}

async function create(db: Database, access: XenditAccess, options: CreateOptions): Promise<Started> {
  const returnKey = randomBytes(24).toString("base64url");
  const answer = await access.client.createSession(options.body(originOf(options.config, returnKey)));
  if (!answer.ok) return { ok: false, refusal: "xendit", error: answer.error, exchange: answer.exchange };
  const { paymentSessionId, expiresAt } = answer.body;
  if (paymentSessionId === null) return { ok: false, refusal: "unreadable", exchange: answer.exchange };

  const { environment } = access;
  const { by, levers } = options;
  const at = options.now.getTime();
  const known = { environment, paymentSessionId };
  await db.observe({ environment, source: "api", subject: "session", bytes: answer.bytes, receivedAt: at });
  const row = {
    ...known,
    returnKey,
    operatorId: by.operatorId,
    createdAt: at,
    expiresAt: expiresAt ?? at + 30 * MINUTE,
    levers: Object.fromEntries(Object.entries(levers).map(([name, value]) => [name, String(value)])),
    pollAt: at + 2 * SECOND,
  };
  const written = await db.write([
    { query: db.read.insert(db.tables.testSessions).values(row), rows: 1 },
    stepStatement(db, { ...known, step: "session", at, outcome: "created", exchange: answer.exchange }),
    auditStatement(db, {
      operator: by,
      action: "sessions:create",
      environment,
      subject: paymentSessionId,
      now: options.now,
    }),
  ]);
  if (!written.ok) throw new Error(`A test session could not be kept (statement ${written.at}).`);
  return { ok: true, paymentSessionId };
}

/** The session id is not known when the return URLs are sent, so a random key stands in them. */
function originOf(config: Config, returnKey: string): SessionOrigin {
  const suffix = randomBytes(8).toString("hex");
  return {
    referenceId: `paydesk-test-${suffix}`,
    // Customer references must be new and alphanumeric (FACTS 2.1).
    customerReferenceId: `paydesk${suffix}`,
    successUrl: config.publicUrl + paths.sessionReturn(returnKey, "success"),
    failureUrl: config.publicUrl + paths.sessionReturn(returnKey, "failure"),
  };
}

/** A session whose levers were not taken still runs, with the sandbox's own choices; its story says so. */
async function setLevers(
  db: Database,
  { config, now }: StartOptions,
  environment: Environment,
  paymentSessionId: string,
  levers: ChosenLevers,
): Promise<void> {
  if (Object.keys(levers).length === 0) return;
  const path = `/levers/${encodeURIComponent(paymentSessionId)}`;
  const answer = await callSandbox(db, config, { method: "PUT", path, body: levers });
  const outcome = answer?.ok ? "levers_set" : "levers_refused";
  const exchange = answer?.exchange ?? null;
  await db.write([
    stepStatement(db, { environment, paymentSessionId, step: "session", at: now.getTime(), outcome, exchange }),
  ]);
}

/** The token's own answer tells the card network, which an ECI cannot be read without. Nice to have: never in the way. */
async function readToken(db: Database, access: XenditAccess, paymentSessionId: string, token: string): Promise<void> {
  const { environment } = access;
  const answer = await access.client.getToken(token);
  const at = Date.now();
  if (answer.ok) {
    await db.observe({ environment, source: "api", subject: "token", bytes: answer.bytes, receivedAt: at });
  }
  const outcome = answer.ok ? "card_read" : "card_not_read";
  const step = { environment, paymentSessionId, step: "session", at, outcome, exchange: answer.exchange } as const;
  await db.write([stepStatement(db, step)]);
}
