import { sessionStatusWord } from "../../xendit/codes/status-words.ts";
import type { Exchange } from "../../xendit/exchange.ts";
import type { SessionPage, StoryStep, TryFacts, WebhookFacts } from "./session-page.server.ts";

/** The five steps of a one-click session as the page tells them. Pure: made of what is stored, never of "now". */
export const STORY_STEPS = ["session", "cvn", "three_ds", "return", "webhook"] as const;
export type StoryStepName = (typeof STORY_STEPS)[number];

export const storyStepLabel: Record<StoryStepName, string> = {
  session: "Session",
  cvn: "CVN",
  three_ds: "3-D Secure",
  return: "Return",
  webhook: "Webhook",
};

/** `now` is the step that waits for somebody; `skipped` is one that this session does not need. */
export type StoryState = "done" | "now" | "later" | "skipped" | "bad";

export interface StoryEntry {
  readonly at: number;
  readonly text: string;
  readonly exchange: Exchange | null;
  /** A webhook's own page. */
  readonly eventId?: string;
}

export interface StoryChapter {
  readonly name: StoryStepName;
  readonly label: string;
  readonly state: StoryState;
  readonly at: number | null;
  readonly text: string;
  readonly entries: readonly StoryEntry[];
}

const outcomeText: Readonly<Record<string, string>> = {
  created: "Session created",
  levers_set: "Levers set in the sandbox",
  levers_refused: "The sandbox did not take the levers: the session runs with its own choices",
  card_read: "Saved card read, so that its network is known",
  card_not_read: "The saved card could not be read: its network is not known yet",
  cancelled: "Session cancelled",
  cancel_refused: "Cancelling was refused",
  challenge: "The bank asks for a challenge",
  not_asked: "No challenge asked",
  success: "The browser came back by the success address",
  failure: "The browser came back by the failure address",
};

const OPEN_STATUSES = new Set(["ACTIVE", "PENDING"]);

export function tellStory(page: SessionPage): readonly StoryChapter[] {
  const since = lastTryAt(page);
  const facts: StoryFacts = { page, latest: latestTry(page), since, asked: challengeAsked(page, since) };
  return [
    sessionChapter(facts),
    cvnChapter(facts),
    threeDsChapter(facts),
    returnChapter(facts),
    webhookChapter(facts),
  ].map((one) => (one.name === "cvn" && isSave(page) ? { ...one, label: "Card" } : one));
}

/** Nothing more can be expected: the session is over, its tries have ended, and a webhook has told so. */
export function isFinished({ session, tries, webhooks }: SessionPage): boolean {
  const waiting = new Set(["UNKNOWN", "REQUIRES_ACTION", "ACCEPTING_PAYMENTS", "PENDING"]);
  return !OPEN_STATUSES.has(session.status) && webhooks.length > 0 && tries.every((one) => !waiting.has(one.status));
}

/** One stored step in words. */
export function stepText({ step, outcome }: Pick<StoryStep, "step" | "outcome">): string {
  if (step === "cvn") return handedBackText(outcome);
  if (step === "check") return checkText(outcome);
  return outcomeText[outcome] ?? outcome;
}

interface StoryFacts {
  readonly page: SessionPage;
  readonly latest: TryFacts | null;
  /** When the latest CVN was handed back; steps before it belong to an earlier try. */
  readonly since: number;
  /** Whether 3-D Secure asked for a challenge; `null` while nobody said. */
  readonly asked: boolean | null;
}

function sessionChapter({ page: { session, steps } }: StoryFacts): StoryChapter {
  const entries = entriesOf(steps, "session");
  const text = sessionStatusWord(session.status).word;
  const state = session.status === "CANCELED" || session.status === "EXPIRED" ? "bad" : "done";
  return chapter("session", { state, at: entries[0]?.at ?? session.createdAt, text, entries });
}

function cvnChapter({ page, latest, since }: StoryFacts): StoryChapter {
  const entries = entriesOf(page.steps, "cvn");
  const open = OPEN_STATUSES.has(page.session.status);
  const what = isSave(page) ? "card" : "CVN";
  if (!latest && entries.length === 0) {
    const text = open ? `Waiting for the ${what}` : `No ${what} was sent`;
    return chapter("cvn", { state: open ? "now" : "skipped", at: null, text, entries });
  }
  const tries = Math.max(page.tries.length, entries.length);
  const text = tries > 1 ? `Sent, ${tries} tries` : "Sent";
  return chapter("cvn", { state: "done", at: since || null, text, entries });
}

function isSave({ session }: SessionPage): boolean {
  return session.sessionType === "SAVE";
}

function handedBackText(id: string): string {
  return id.startsWith("pr-") ? `Payment request ${id}` : `Payment token ${id}`;
}

function threeDsChapter({ page, latest, since, asked }: StoryFacts): StoryChapter {
  const entries = entriesOf(page.steps, "three_ds");
  const at = entries.at(-1)?.at ?? null;
  if (asked === false) return chapter("three_ds", { state: "skipped", at, text: noChallengeText(latest), entries });
  if (!hasTry(latest, since)) return chapter("three_ds", { ...notReached(page, "After the CVN"), entries });
  const back = lastReturn(page, since);
  const failed = authenticationFailure(latest);
  if (failed) return chapter("three_ds", { state: "bad", at, text: failed, entries });
  if (back || (latest && isEnded(latest)))
    return chapter("three_ds", { state: "done", at, text: "Challenge done", entries });
  return chapter("three_ds", { state: "now", at, text: "Waiting for the challenge", entries });
}

/** What went wrong at the challenge, in words. A refusal by the issuer came later: its answer holds a response code. */
function authenticationFailure(latest: TryFacts | null): string | null {
  if (!latest || latest.response) return null;
  if (latest.failureCode === "AUTHENTICATION_FAILED") return "Not authenticated";
  if (latest.failureCode === "TIMEOUT_ERROR") return "Timed out";
  return null;
}

function noChallengeText(latest: TryFacts | null): string {
  return latest?.threeDsFlow === "FRICTIONLESS" ? "Frictionless, no challenge" : "No challenge asked";
}

function returnChapter({ page, since, asked, latest }: StoryFacts): StoryChapter {
  const entries = entriesOf(page.steps, "return");
  const back = lastReturn(page, since);
  if (back) {
    const text = back.outcome === "success" ? "By the success address" : "By the failure address";
    return chapter("return", { state: back.outcome === "success" ? "done" : "bad", at: back.at, text, entries });
  }
  if (asked === false)
    return chapter("return", { state: "skipped", at: null, text: "No redirect to come back from", entries });
  const ended = latest !== null && isEnded(latest);
  if (!ended) return chapter("return", { ...notReached(page, "After 3-D Secure"), entries });
  return chapter("return", { state: "skipped", at: null, text: "The browser did not come back here", entries });
}

function webhookChapter({ page, latest, since }: StoryFacts): StoryChapter {
  const checks = entriesOf(page.steps, "check");
  const arrivals = page.webhooks.map(webhookEntry);
  const entries = [...arrivals, ...checks].sort((a, b) => a.at - b.at);
  const told = latest ? page.webhooks.filter((one) => one.paymentRequestId === latest.paymentRequestId) : page.webhooks;
  // The payment's own webhook says more than the session's, whichever came last.
  const last = told.findLast((one) => /^payment(_token)?\./.test(one.eventType)) ?? told.at(-1);
  if (last) {
    return chapter("webhook", {
      state: last.status === "FAILED" ? "bad" : "done",
      at: last.firstReceivedAt,
      text: last.eventType,
      entries,
    });
  }
  if (latest && isEnded(latest)) {
    const text = `None yet; the API says ${latest.status}`;
    return chapter("webhook", { state: "now", at: checks.at(-1)?.at ?? null, text, entries });
  }
  if (hasTry(latest, since)) return chapter("webhook", { state: "now", at: null, text: "Waiting for Xendit", entries });
  return chapter("webhook", { ...notReached(page, "After the payment"), entries });
}

/** A step whose turn has not come: it still may, unless the session is over. */
function notReached({ session }: SessionPage, text: string): Pick<StoryChapter, "state" | "at" | "text"> {
  const open = OPEN_STATUSES.has(session.status);
  return { state: open ? "later" : "skipped", at: null, text: open ? text : "Not reached" };
}

function webhookEntry(one: WebhookFacts): StoryEntry {
  const times = one.receipts > 1 ? ` ×${one.receipts}` : "";
  return { at: one.firstReceivedAt, text: `${one.eventType}${times}`, exchange: null, eventId: one.eventId };
}

/** `payment_request:SUCCEEDED` or `session_unread`, as the poller notes them. */
function checkText(outcome: string): string {
  const subject = (text: string) => text.replace("_", " ");
  if (outcome.endsWith("_unread")) return `The ${subject(outcome.slice(0, -7))} could not be read from the API`;
  const [what = "", status = ""] = outcome.split(":");
  return `The API says: ${subject(what)} ${status || "without a status"}`;
}

function chapter(name: StoryStepName, rest: Omit<StoryChapter, "name" | "label">): StoryChapter {
  return { name, label: storyStepLabel[name], ...rest };
}

function entriesOf(steps: readonly StoryStep[], name: StoryStep["step"]): readonly StoryEntry[] {
  return steps
    .filter((one) => one.step === name)
    .map((one) => ({ at: one.at, text: stepText(one), exchange: one.exchange }));
}

/** The try the page is about: the one handed back last, else the latest that is known. */
function latestTry({ steps, tries }: SessionPage): TryFacts | null {
  const handedBack = steps.findLast((one) => one.step === "cvn")?.outcome;
  return tries.find((one) => one.paymentRequestId === handedBack) ?? tries[0] ?? null;
}

function lastTryAt({ steps }: SessionPage): number {
  return steps.findLast((one) => one.step === "cvn")?.at ?? 0;
}

/** What the payment itself says counts more than what the browser said. One that ended without any flow had no 3-D Secure. */
function challengeAsked(page: SessionPage, since: number): boolean | null {
  const latest = latestTry(page);
  if (latest?.threeDsFlow) return latest.threeDsFlow !== "FRICTIONLESS";
  const told = page.steps.findLast((one) => one.step === "three_ds" && one.at >= since);
  if (told) return told.outcome === "challenge";
  return latest && isEnded(latest) && latest.failureCode !== "AUTHENTICATION_FAILED" ? false : null;
}

function lastReturn({ steps }: SessionPage, since: number): StoryStep | undefined {
  return steps.findLast((one) => one.step === "return" && one.at >= since);
}

function hasTry(latest: TryFacts | null, since: number): boolean {
  return latest !== null || since > 0;
}

function isEnded(one: TryFacts): boolean {
  return ["SUCCEEDED", "AUTHORIZED", "FAILED", "CANCELED", "EXPIRED"].includes(one.status);
}
