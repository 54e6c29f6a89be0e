import { setTimeout as wait } from "node:timers/promises";
import { answerExcerpt } from "../../app/domain/destinations/answer-excerpt.ts";
import type { ListenedEvent, SentListenResult } from "../../app/domain/listen/listen-api.ts";
import { deliveryHeaders } from "../../app/domain/replays/delivery-headers.ts";
import { newId } from "../../app/lib/ids.ts";
import { reasonOf } from "./api-client.ts";
import type { Options } from "./options.ts";

export type Try = SentListenResult["tries"][number];

/** As long as Xendit waits. */
const TIMEOUT_MS = 30_000;
const EXCERPT_BYTES = 2_048;
/** Between tries at a target that is not there: long enough for a server that restarts on every saved file. */
const PAUSES_MS = [300, 700, 1_500, 3_000];
/** Whoever answers so is about to come back. Any other answer is the target's word on this webhook: shown, not repeated. */
const COMES_BACK = new Set([429, 502, 503, 504]);

interface Deliver {
  readonly event: ListenedEvent;
  readonly options: Pick<Options, "to" | "headers" | "signingSecret">;
  /** Ends the waiting between tries. */
  readonly stopping: AbortSignal;
  /** Ends a try that is under way. */
  readonly cut: AbortSignal;
}

/** One event to the target: several tries while nobody answers. Empty when it was stopped before the first one ended. */
export async function deliver({ event, options, stopping, cut }: Deliver): Promise<readonly Try[]> {
  const tries: Try[] = [];
  for (const pause of [...PAUSES_MS, null]) {
    const one = await tryOnce(event, options, cut);
    if (one === null) return tries;
    tries.push(one);
    if (!isWorthAnother(one) || pause === null || stopping.aborted) return tries;
    await wait(pause, undefined, { signal: stopping }).catch(() => {});
    if (stopping.aborted) return tries;
  }
  return tries;
}

function isWorthAnother({ outcome }: Try): boolean {
  return outcome === "refused" || outcome === "timeout" || COMES_BACK.has(Number(outcome));
}

async function tryOnce(event: ListenedEvent, options: Deliver["options"], cut: AbortSignal): Promise<Try | null> {
  const id = newId("attempt");
  const now = Date.now();
  const body = Buffer.from(event.body_base64 ?? "", "base64");
  const headers = {
    ...deliveryHeaders(
      { token: null, signingSecrets: [options.signingSecret], sendsWebhookId: true },
      {
        attemptId: id,
        isForward: false,
        event: {
          eventId: event.id,
          headers: event.headers,
          firstReceivedAt: Date.parse(event.first_received_at),
          bytes: body,
        },
        now,
      },
    ),
    ...Object.fromEntries(options.headers),
  };
  const from = performance.now();
  const ended = (rest: Pick<Try, "outcome" | "response_excerpt" | "response_type" | "error">): Try => ({
    id,
    at: new Date(now).toISOString(),
    latency_ms: Math.round(performance.now() - from),
    ...rest,
  });
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    // A redirect is an answer like any other: whatever it leads to did not get the webhook.
    const init = { method: "POST", headers, body, redirect: "manual" as const };
    const response = await fetch(options.to, { ...init, signal: AbortSignal.any([cut, timeout]) });
    const beginning = await readBeginning(response);
    return ended({
      outcome: String(response.status),
      response_excerpt: answerExcerpt(beginning, [options.signingSecret]),
      response_type: response.headers.get("content-type")?.slice(0, 200) ?? null,
      error: null,
    });
  } catch (error) {
    if (cut.aborted) return null;
    const nothing = { response_excerpt: null, response_type: null };
    if (timeout.aborted) return ended({ outcome: "timeout", ...nothing, error: null });
    return ended({ outcome: "refused", ...nothing, error: reasonOf(error).slice(0, 500) });
  }
}

/** An answer without an end must not be read to its end. */
async function readBeginning(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader && size < EXCERPT_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
  }
  await reader?.cancel().catch(() => {});
  return Buffer.concat(chunks).subarray(0, EXCERPT_BYTES);
}
