import { and, desc, eq, inArray, lte } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { redactPersonal } from "../../lib/pii.ts";
import type { Scope } from "../../lib/scope.ts";
import { readObservation } from "../../xendit/read-observation.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { type CheckCall, type CheckView, type Comparison, summaryOf } from "./check.ts";
import { fieldDifferences } from "./field-differences.ts";
import { filledIn } from "./filled-in.ts";
import { listPaymentWebhooks, listStored, type Stored } from "./stored-observations.server.ts";

/** Nobody reads further back; the audit log has them all. */
const MOST = 20;

interface OfPayment {
  readonly environment: Environment;
  readonly paymentRequestId: string;
}

type CheckRow = Awaited<ReturnType<typeof listRows>>[number];
type Answer = CheckRow["answers"][number];

/**
 * The checks of a payment, latest first, ready to be shown. The latest one is compared field by field with the newest
 * webhooks that had come by then; empty when the payment is absent or not this operator's to see.
 */
export async function listChecks(db: Database, scope: Scope, of: OfPayment): Promise<readonly CheckView[]> {
  const rows = await listRows(db, scope, of);
  const ids = rows.flatMap(({ answers }) => answers.flatMap(({ observationId }) => observationId ?? []));
  const stored = new Map((await listStored(db, of.environment, ids)).map((one) => [one.observationId, one]));
  const views: CheckView[] = [];
  for (const row of rows) {
    const compare =
      views.length === 0 ? (answer: Answer) => compareWithWebhook(db, scope, { of, row, answer, stored }) : null;
    const calls: CheckCall[] = [];
    for (const answer of row.answers) calls.push(callOf(answer, stored, compare && (await compare(answer))));
    const told = views.length === 0 ? await toldByLatest(db, of, row, stored) : [];
    const { checkId, at, askedBy: by, askedId } = row;
    views.push({ checkId, at, by, askedId, calls, summary: summaryOf(calls, told), filledIn: told });
  }
  return views;
}

async function listRows(db: Database, scope: Scope, { environment, paymentRequestId }: OfPayment) {
  const { checks, paymentRequests } = db.tables;
  if (!scope.environments.includes(environment)) return [];
  return db.read
    .select({
      checkId: checks.checkId,
      at: checks.at,
      askedBy: checks.askedBy,
      askedId: checks.askedId,
      answers: checks.answers,
    })
    .from(checks)
    .innerJoin(
      paymentRequests,
      and(
        eq(paymentRequests.environment, checks.environment),
        eq(paymentRequests.paymentRequestId, checks.paymentRequestId),
        inBusiness(paymentRequests.businessId, scope),
      ),
    )
    .where(and(eq(checks.environment, environment), eq(checks.paymentRequestId, paymentRequestId)))
    .orderBy(desc(checks.at), desc(checks.checkId))
    .limit(MOST);
}

function callOf(answer: Answer, stored: ReadonlyMap<number, Stored>, comparison: Comparison | null): CheckCall {
  const found = answer.observationId === null ? undefined : stored.get(answer.observationId);
  return {
    subject: answer.subject,
    id: answer.id,
    httpStatus: answer.status,
    errorCode: answer.errorCode,
    refusal: answer.observationId === null ? redactPersonal(answer.message ?? "No answer came.").text : null,
    requestId: answer.requestId,
    latencyMs: answer.latencyMs,
    status: found ? readObservation(found).status : null,
    isNews: answer.observed === "new",
    comparison,
  };
}

interface ToCompare {
  readonly of: OfPayment;
  readonly row: CheckRow;
  readonly answer: Answer;
  readonly stored: ReadonlyMap<number, Stored>;
}

async function compareWithWebhook(db: Database, scope: Scope, asked: ToCompare): Promise<Comparison | null> {
  const { of, row, answer, stored } = asked;
  const found = answer.observationId === null ? undefined : stored.get(answer.observationId);
  if (!found) return null;
  const own = await newestWebhook(db, scope, { environment: of.environment, primaryId: answer.id, until: row.at });
  const webhook = own ?? (await standIn(db, scope, asked, found));
  if (!webhook) return null;
  const isSharedOnly = own === null;
  const differences = fieldDifferences(textOf(found.bytes), textOf(webhook.bytes), { sharedOnly: isSharedOnly });
  return differences && { eventId: webhook.eventId, eventType: webhook.eventType, isSharedOnly, differences };
}

/** Xendit tells of a payment request by its payments; only an expiry has a webhook of its own. */
async function standIn(db: Database, scope: Scope, { of, row, answer }: ToCompare, found: Stored) {
  if (answer.subject !== "payment_request") return null;
  const latest = readObservation(found).links.find((id) => id.startsWith("py-"));
  if (!latest) return null;
  return newestWebhook(db, scope, { environment: of.environment, primaryId: latest, until: row.at });
}

async function newestWebhook(
  db: Database,
  scope: Scope,
  { environment, primaryId, until }: { environment: Environment; primaryId: string; until: number },
) {
  const { events, observations, bodies } = db.tables;
  const [row = null] = await db.read
    .select({ eventId: events.eventId, eventType: events.eventType, bytes: bodies.bytes })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(
      and(
        eq(events.environment, environment),
        eq(events.primaryId, primaryId),
        inArray(events.state, ["processed", "conflict"]),
        lte(events.firstReceivedAt, until),
        inBusiness(events.businessId, scope),
      ),
    )
    .orderBy(desc(events.firstReceivedAt), desc(events.eventId))
    .limit(1);
  return row;
}

async function toldByLatest(db: Database, of: OfPayment, row: CheckRow, stored: ReadonlyMap<number, Stored>) {
  const answers = row.answers.flatMap(({ subject, observationId }) => {
    const found = observationId === null ? undefined : stored.get(observationId);
    return found ? [{ subject, observation: readObservation(found) }] : [];
  });
  if (answers.length === 0) return [];
  const names = answers.flatMap(({ observation }) => [...observation.links, ...observation.tokens]);
  const webhooks = await listPaymentWebhooks(db, of.environment, [of.paymentRequestId, ...names]);
  return filledIn(answers, webhooks.map(readObservation));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
