import { createHash } from "node:crypto";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { type FetchPolicy, type GuardedAnswer, guardedFetch } from "~/lib/guarded-fetch.server.ts";
import { maskText } from "~/xendit/mask.ts";
import type { DeliveryTarget } from "../destinations/delivery-target.server.ts";
import { destinationPolicy } from "../destinations/destination-policy.server.ts";
import { signatureHeaders } from "../destinations/standard-webhooks.ts";
import type { LabAnswer } from "./judge.ts";
import { LAB_HEADER } from "./lab.ts";
import { type ProbeReading, readProbe } from "./probe.ts";
import type { LabStep } from "./scenario-step.ts";

/** One request and what came back, as it is kept. */
export interface SentRequest extends LabAnswer {
  readonly about: string;
  readonly bodyDigest: string;
  readonly at: number;
  /** The beginning of what a stranger answered: text, masked, without our token. */
  readonly responseExcerpt: string | null;
}

/** How the endpoint of a run is reached. Holds open secrets, like the target it was made of. */
export interface LabLine {
  readonly target: Pick<DeliveryTarget, "url" | "token" | "signingSecrets" | "sendsWebhookId">;
  readonly policy: FetchPolicy;
}

const EXCERPT_LENGTH = 1_024;
const PROBE_WITHIN_MS = 5_000;

/** The guard of every destination, with Xendit's own patience in place of the destination's. */
export async function openLine(
  db: Database,
  config: Config,
  { target, answerWithinMs, signal }: { target: DeliveryTarget; answerWithinMs: number; signal: AbortSignal },
): Promise<LabLine> {
  const policy = await destinationPolicy(db, config);
  return { target, policy: { ...policy, timeoutMs: answerWithinMs, signal } };
}

/** Sends one step like a real delivery, marked as the lab's (`runId/sequence`) and never as a replay. */
export async function sendStep(line: LabLine, step: LabStep, mark: string): Promise<SentRequest> {
  const at = Date.now();
  const kept = { about: step.about, bodyDigest: sha256(step.body), at };
  if (step.heldBack) return { ...kept, outcome: "held", status: null, latencyMs: 0, responseExcerpt: null };
  const init = { method: "POST", headers: headersOf(line, step, { mark, at }), body: step.body } as const;
  return { ...kept, ...answered(await guardedFetch(line.target.url, init, line.policy), line.target.token) };
}

/**
 * Asks the merchant's system what it made of a payment. The probe's address passes the same guard. The token was typed for
 * the destination's origin: a probe elsewhere gets none, or whoever names a probe could have it sent to themselves.
 */
export async function askProbe(
  line: LabLine,
  { probeUrl, paymentRequestId, about }: { probeUrl: string; paymentRequestId: string; about: string },
): Promise<{ readonly request: SentRequest; readonly reading: ProbeReading | null }> {
  const url = new URL(probeUrl);
  url.searchParams.set("payment_request_id", paymentRequestId);
  const token = url.origin === new URL(line.target.url).origin ? line.target.token : null;
  const headers = {
    accept: "application/json",
    "user-agent": "Paydesk",
    ...(token === null ? {} : { "x-callback-token": token }),
  };
  const at = Date.now();
  const policy = { ...line.policy, timeoutMs: Math.min(PROBE_WITHIN_MS, line.policy.timeoutMs ?? PROBE_WITHIN_MS) };
  const answer = await guardedFetch(url.href, { method: "GET", headers }, policy);
  const text = answer.outcome === "http" ? new TextDecoder().decode(answer.body) : "";
  return {
    request: { about: `probe: ${about}`, bodyDigest: sha256(""), at, ...answered(answer, line.target.token) },
    reading: answer.outcome === "http" ? readProbe(answer.status, text) : null,
  };
}

function headersOf({ target }: LabLine, step: LabStep, { mark, at }: { mark: string; at: number }) {
  const isSigned = target.signingSecrets.length > 0;
  const signed = signatureHeaders({
    secrets: target.signingSecrets,
    id: step.webhookId,
    timestampSeconds: Math.floor(at / 1000),
    body: step.signature === "right" ? step.body : `${step.body} `,
  });
  const token = tokenOf(step, target.token);
  return {
    "content-type": "application/json",
    "user-agent": "Paydesk",
    ...(isSigned ? signed : target.sendsWebhookId ? { "webhook-id": step.webhookId } : {}),
    ...(token === null ? {} : { "x-callback-token": token }),
    [LAB_HEADER]: mark,
  };
}

/** A wrong token has the length and looks of a right one, and nothing of it. */
function tokenOf({ token, webhookId }: LabStep, own: string | null): string | null {
  if (token === "right") return own;
  return token === "none" ? null : sha256(`not the token ${webhookId}`).slice(0, Math.max(16, own?.length ?? 0));
}

function answered(answer: GuardedAnswer, token: string | null): Omit<SentRequest, "about" | "bodyDigest" | "at"> {
  const { latencyMs } = answer;
  if (answer.outcome !== "http") return { outcome: answer.outcome, status: null, latencyMs, responseExcerpt: null };
  const { status } = answer;
  return { outcome: String(status), status, latencyMs, responseExcerpt: excerpt(answer.body, token) };
}

/** An echo of the request must not store the token, nor card data a receiver adds of its own. */
function excerpt(body: Uint8Array, token: string | null): string | null {
  if (body.byteLength === 0) return null;
  const whole = new TextDecoder().decode(body);
  const tokenless = token === null ? whole : whole.replaceAll(token, "[token]");
  return maskText(tokenless)
    .replace(/[^\P{Cc}\t\n]/gu, "\ufffd")
    .slice(0, EXCERPT_LENGTH);
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
