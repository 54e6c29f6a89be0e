import { and, eq } from "drizzle-orm";
import type { CheckAnswer, Database } from "../../db.server.ts";
import { type Environment, environmentLabel } from "../../lib/environment.ts";
import { newId, xenditIdKind } from "../../lib/ids.ts";
import type { Scope } from "../../lib/scope.ts";
import { MINUTE } from "../../lib/time.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { xenditFor } from "../sessions/xendit-for.server.ts";
import { type Asking, beginAsking } from "./asking.server.ts";
import { askAboutPayment, type CheckOptions, checkStatements, findRequest } from "./check-payment.server.ts";
import { createQuota } from "./quota.ts";
import { NOT_FOUND_TEXT } from "./read-errors.ts";

export type AskRefusal = "not_askable" | "no_key" | "too_many" | "not_found" | "not_shown" | "failed";

export type Asked =
  | { readonly ok: true; readonly kind: "payment" | "session"; readonly id: string }
  | { readonly ok: false; readonly refusal: AskRefusal; readonly text: string };

interface Question {
  readonly environment: Environment;
  /** As pasted. */
  readonly id: string;
}

/** Enough for somebody with a pile of ids, too few to try them out. */
const ASKS_A_MINUTE = 20;
const quotas = new WeakMap<Database, ReturnType<typeof createQuota>>();

const askable = { payment_request: true, payment: true, session: true } as const;
type Askable = keyof typeof askable;

/**
 * Asks Xendit for an id that is not held here, keeps what it answers and says where that is shown. Another business's
 * payment is not kept and answers as one that does not exist.
 */
export async function askXendit(db: Database, question: Question, options: CheckOptions): Promise<Asked> {
  const { environment } = question;
  const { by, config, now } = options;
  const id = question.id.trim();
  const kind = askableKind(id);
  if (!kind) return refuse("not_askable", NOT_ASKABLE);
  if (!by.scope.environments.includes(environment)) return refuse("not_found", NOT_FOUND_TEXT);
  const access = await xenditFor(db, config, environment);
  if (!access) {
    const label = environmentLabel[environment];
    return refuse("no_key", `Xendit cannot be asked: there is no secret key for ${label} here.`);
  }
  if (!quotaOf(db).take(by.operatorId, now.getTime())) {
    return refuse("too_many", `That was the ${ASKS_A_MINUTE}th question within a minute. Ask again in a minute.`);
  }

  const { signal, deadlineMs } = options;
  const asking = beginAsking(db, { client: access.client, environment, scope: by.scope, signal, deadlineMs });
  const named = await follow(db, { kind, id, environment, asking, scope: by.scope });
  const request = named && (await findRequest(db, { environment, paymentRequestId: named }, by.scope));
  const session = kind === "session" && (await isSessionShown(db, question, by.scope));
  const { answers } = asking;
  const paymentRequestId = request ? request.paymentRequestId : null;
  const asked = { checkId: newId("check"), environment, paymentRequestId, askedId: id };
  await db.write(checkStatements(db, { ...asked, answers, by, now }));

  if (request) return { ok: true, kind: "payment", id: request.paymentRequestId };
  if (session) return { ok: true, kind: "session", id };
  return refusalOf(answers);
}

/** Asks for the thing itself and for what it leads to. Answers the payment request's id, when there is one. */
async function follow(db: Database, asked: Following): Promise<string | null> {
  const { kind, id, environment, asking, scope } = asked;
  const named = await namedBy(kind, id, asking);
  if (named === null || xenditIdKind(named) !== "payment_request") return null;
  await askAboutPayment(db, { environment, paymentRequestId: named }, { asking, scope });
  return named;
}

interface Following {
  readonly kind: Askable;
  readonly id: string;
  readonly environment: Environment;
  readonly asking: Asking;
  readonly scope: Scope;
}

async function namedBy(kind: Askable, id: string, asking: Asking): Promise<string | null> {
  if (kind === "payment_request") return id;
  const answer = kind === "payment" ? await asking.payment(id) : await asking.session(id);
  return answer?.paymentRequestId ?? null;
}

function refusalOf(answers: readonly CheckAnswer[]): Asked {
  if (answers.some((one) => one.observationId !== null)) return refuse("not_shown", NOT_SHOWN);
  const [first] = answers;
  if (first?.status === 404) return refuse("not_found", first.message ?? NOT_FOUND_TEXT);
  return refuse("failed", first?.message ?? "Xendit was not asked.");
}

const NOT_ASKABLE = "Xendit can be asked for pr-, py- and ps- ids only: payment requests, payments and sessions.";
const NOT_SHOWN = "Xendit knows it, and it is no card payment. The answer is kept; Paydesk shows card payments only.";

function refuse(refusal: AskRefusal, text: string): Asked {
  return { ok: false, refusal, text };
}

function askableKind(id: string): Askable | null {
  const kind = /^[\w-]+$/.test(id) ? xenditIdKind(id) : null;
  return kind !== null && Object.hasOwn(askable, kind) ? (kind as Askable) : null;
}

async function isSessionShown(db: Database, { environment, id }: Question, scope: Scope): Promise<boolean> {
  const { sessions } = db.tables;
  const rows = await db.read
    .select({ id: sessions.paymentSessionId })
    .from(sessions)
    .where(
      and(
        eq(sessions.environment, environment),
        eq(sessions.paymentSessionId, id.trim()),
        inBusiness(sessions.businessId, scope),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

function quotaOf(db: Database) {
  const known = quotas.get(db);
  if (known) return known;
  const quota = createQuota({ most: ASKS_A_MINUTE, withinMs: MINUTE });
  quotas.set(db, quota);
  return quota;
}
