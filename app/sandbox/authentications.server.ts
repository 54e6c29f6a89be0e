import { and, eq } from "drizzle-orm";
import type { Statement } from "../db.server.ts";
import { isAuthenticated, type ThreeDsOutcome } from "../xendit/bodies/card-results.ts";
import { isoTime, type JsonObject } from "../xendit/bodies/json.ts";
import { type Call, param, readText } from "./call.server.ts";
import { challengePage, htmlPage, noticePage } from "./challenge-page.ts";
import type { TryPlan } from "./decide.ts";
import type { Levers } from "./levers.ts";
import { same } from "./same.server.ts";
import { findSession, type TryRow } from "./settle-try.server.ts";
import { changed, digitsOf, objectOf, storedBody, textOf } from "./stored.ts";
import { whenSettled, willSucceed } from "./try-outcome.ts";

/** GET: the challenge, as an issuer would show it. */
export async function renderAuthentication(call: Call): Promise<Response> {
  const found = await findTry(call);
  if (found instanceof Response) return found;
  const { row, session } = found;
  if (row.stage !== "challenge") return goBack(found);
  const plan = row.plan as TryPlan;
  return htmlPage(
    challengePage({
      reference: textOf(session, "reference_id"),
      amount: `${digitsOf(session, "amount")} ${textOf(session, "currency")}`,
      card: plan.card.maskedCardNumber,
      levers: plan.levers,
    }),
  );
}

/** POST: what the shopper did. The button decides; the levers only refine what a failure or a success is called. */
export async function finishAuthentication(call: Call): Promise<Response> {
  const found = await findTry(call);
  if (found instanceof Response) return found;
  const { row } = found;
  if (row.stage !== "challenge") return goBack(found);
  const button = new URLSearchParams(await readText(call.request)).get("result") ?? "";
  const before = row.plan as TryPlan;
  const outcome = outcomeOf(button, before.levers);
  if (!outcome) return htmlPage(noticePage("This answer is not one of the buttons."), 400);

  const plan: TryPlan = { ...before, outcome, decidedAt: call.now };
  const dueAt = whenSettled(plan, call.settings.timeScale);
  const { db } = call;
  const { sandboxTries } = db.tables;
  const waiting = and(eq(sandboxTries.authenticationId, row.authenticationId), eq(sandboxTries.stage, "challenge"));
  const decided = { stage: "settling" as const, plan, dueAt };
  await db.write([
    { query: db.read.update(sandboxTries).set(decided).where(waiting), rows: 1 },
    ...(await pendingStatements(call, row)),
  ]);
  call.wake();
  // Read again: with two buttons pressed at once, the first one counts.
  const now = await findTry(call);
  return now instanceof Response ? now : goBack(now);
}

interface FoundTry {
  readonly row: TryRow;
  readonly session: JsonObject;
  readonly sessionStatus: string;
}

async function findTry(call: Call): Promise<FoundTry | Response> {
  const { db, keys, url } = call;
  if (!same(url.searchParams.get("api_key") ?? "", keys.publicKey)) {
    return htmlPage(noticePage("The API key in this address is not one of the sandbox."), 401);
  }
  const { sandboxTries } = db.tables;
  const [row] = await db.read
    .select()
    .from(sandboxTries)
    .where(eq(sandboxTries.authenticationId, param(call)));
  const session = row ? await findSession(db, row.paymentSessionId) : null;
  if (!row || !session) return htmlPage(noticePage("There is no such authentication."), 404);
  return { row, session: storedBody(session.body), sessionStatus: session.status };
}

function goBack({ row, session, sessionStatus }: FoundTry): Response {
  const plan = row.plan as TryPlan;
  if (plan.outcome === null) return htmlPage(noticePage("This authentication has expired."), 410);
  const amount = { digits: digitsOf(session, "amount"), currency: textOf(session, "currency") };
  // The session may be completed by this very try already; by another one, it takes no more.
  const open = sessionStatus === "ACTIVE" || session.payment_request_id === row.paymentRequestId;
  const js = objectOf(session, "cards_session_js");
  const name = open && willSucceed(plan, amount) ? "success_return_url" : "failure_return_url";
  return new Response(null, { status: 303, headers: { location: textOf(js, name) } });
}

/** Between the challenge and the result the request waits for nobody's action. */
async function pendingStatements({ db, now }: Call, row: TryRow): Promise<Statement[]> {
  const { sandboxPaymentRequests } = db.tables;
  if (!row.paymentRequestId) return [];
  const same = eq(sandboxPaymentRequests.paymentRequestId, row.paymentRequestId);
  const [request] = await db.read.select().from(sandboxPaymentRequests).where(same);
  if (!request) return [];
  const body = changed(request.body, { status: "PENDING", updated: isoTime(now), actions: [] });
  return [{ query: db.read.update(sandboxPaymentRequests).set({ status: "PENDING", body }).where(same), rows: 1 }];
}

function outcomeOf(button: string, levers: Levers): ThreeDsOutcome | null {
  const chosen = levers.outcome;
  switch (button) {
    case "authenticate":
      return chosen && isAuthenticated(chosen) ? chosen : "AUTHENTICATED";
    case "fail":
      return chosen && isRefusal(chosen) ? chosen : "UNAUTHENTICATED";
    case "cancel":
      return "CANCELLED_AUTHENTICATION";
    case "time_out":
      return "TIMED_OUT";
    default:
      return null;
  }
}

function isRefusal(outcome: ThreeDsOutcome): boolean {
  return !isAuthenticated(outcome) && outcome !== "CANCELLED_AUTHENTICATION" && outcome !== "TIMED_OUT";
}
