import type { DeliveryState, ReplayState } from "~/db.server.ts";

/** The rules of replaying, apart from any store. Browser-safe. */

/** `replays:send` reaches this far; more is `replays:bulk`. */
export const MAX_EVENTS = 100;

/** Every try of a delivery carries this with its attempt id; what arrives with it is never sent on. */
export const REPLAY_HEADER = "Paydesk-Replay";

export type LeftOutReason = "not_for_live" | "masked" | "came_from_a_replay" | "already_delivered" | "stopped";

export const leftOutText: Record<LeftOutReason, string> = {
  not_for_live: "Left out: it is live, and whoever added this destination may not write live destinations",
  masked: "Left out: card data was masked in it, so its bytes are not the original's",
  came_from_a_replay: "Left out: it came here from a replay, and what a replay carries is never sent on",
  already_delivered: "Left out: it was delivered there before",
  stopped: "Left out: the replay was cancelled before its turn",
};

export type ReplayRefusal =
  | "no_events"
  | "too_many"
  | "event_not_found"
  | "mixed_environments"
  | "destination_not_found"
  | "destination_not_for_live"
  | "nothing_to_send"
  | "replay_not_found"
  | "not_in_that_state";

export const replayRefusals: Record<ReplayRefusal, string> = {
  no_events: "Choose at least one webhook.",
  too_many: `Choose up to ${MAX_EVENTS} webhooks at a time.`,
  event_not_found: "A chosen webhook is not here, or not yours to send.",
  mixed_environments: "The chosen webhooks belong to different environments. Replay one environment at a time.",
  destination_not_found: "This destination is gone.",
  destination_not_for_live:
    "Live webhooks are not sent to this destination: whoever added it may not write live destinations.",
  nothing_to_send: "None of the chosen webhooks can be sent.",
  replay_not_found: "This replay is not here.",
  not_in_that_state: "The replay has moved on meanwhile. Look again.",
};

/** What an operator may ask of a replay in each state. */
export const replayMoves: Record<ReplayState, readonly ReplayMove[]> = {
  planned: [],
  running: ["stop", "cancel"],
  paused: ["resume", "cancel"],
  finished: [],
  cancelled: [],
};
export type ReplayMove = "stop" | "resume" | "cancel";

/** Waits between tries of one delivery: long enough for a restart of the other side, short enough to be watched. */
export const RETRY_WAITS_MS: readonly number[] = [2_000, 10_000, 30_000];

/** How one try ended. `status` is HTTP's; without one nobody answered. */
export interface AttemptResult {
  /** The HTTP status, or timeout, refused, blocked. */
  readonly outcome: string;
  readonly status: number | null;
  readonly latencyMs: number;
}

/** Only a 2xx is a delivery: a redirect is not followed, so whatever it leads to did not get the event. */
export function isDelivered({ status }: AttemptResult): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Trying again helps when the other side was away or busy; it does not change a plain no. */
export function isWorthRetrying({ outcome, status }: AttemptResult): boolean {
  if (status === null) return outcome !== "blocked";
  return status >= 500 || status === 408 || status === 429;
}

/** When to try again after `attempts` tries, or `null` when it is over. */
export function nextTryAt(result: AttemptResult, attempts: number, now: number): number | null {
  const wait = RETRY_WAITS_MS[attempts - 1];
  return isDelivered(result) || !isWorthRetrying(result) || wait === undefined ? null : now + wait;
}

/** "200 in 41 ms", "timeout after 15,000 ms", "blocked". */
export function attemptText({ outcome, status, latencyMs }: AttemptResult): string {
  const took = `${latencyMs.toLocaleString("en")} ms`;
  if (status !== null) return `${status} in ${took}`;
  return outcome === "blocked" ? "blocked" : `${outcome} after ${took}`;
}

/** One sentence for a delivery: "Replayed to staging: 200 in 41 ms". */
export function deliveryText(delivery: {
  readonly state: DeliveryState;
  readonly outcome: string | null;
  readonly destination: string | null;
}): string {
  const { state, outcome, destination } = delivery;
  const where = destination ?? "a removed destination";
  if (state === "delivered") return `Replayed to ${where}: ${outcome}`;
  if (state === "failed") return `Not delivered to ${where}: ${outcome}`;
  if (state === "left_out") return outcome ?? "Left out";
  return outcome ? `Waiting to try ${where} again: ${outcome}` : `Waiting to be sent to ${where}`;
}
