import type { DeliveryState, ReplayState } from "~/db.server.ts";

/** The rules of replaying, apart from any store. Browser-safe. */

/** `replays:send` reaches this far; more is `replays:bulk`. */
export const MAX_EVENTS = 100;
/** Webhooks chosen one by one; what is more is said by a filter. */
export const MAX_CHOSEN = 500;

/** Every try of a replay carries this with its attempt id; what arrives with it is never sent on. */
export const REPLAY_HEADER = "Paydesk-Replay";
/** The same, of what is forwarded as it arrives. */
export const FORWARD_HEADER = "Paydesk-Forward";
/** When the webhook first arrived here, ISO 8601 UTC. */
export const ARRIVAL_HEADER = "Paydesk-Original-Arrival";

export const LEFT_OUT_REASONS = [
  "not_for_live",
  "environment_not_taken",
  "other_business",
  "type_not_taken",
  "masked",
  "expunged",
  "came_from_a_replay",
  "already_delivered",
  "stopped",
  "gone",
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export const leftOutText: Record<LeftOutReason, string> = {
  not_for_live: "Left out: it is live, and whoever added this destination may not write live destinations",
  environment_not_taken: "Left out: this destination does not take its environment",
  other_business: "Left out: it belongs to a business that whoever added this destination may not see",
  type_not_taken: "Left out: this destination does not take webhooks of its type",
  masked: "Left out: card data was masked in it, so its bytes are not the original's",
  expunged: "Left out: its body was expunged",
  came_from_a_replay: "Left out: it came here from a replay, and what a replay carries is never sent on",
  already_delivered: "Left out: it was delivered there before",
  stopped: "Left out: the replay was cancelled before its turn",
  gone: "Left out: the destination answered 410 Gone",
};

export type ReplayRefusal =
  | "no_events"
  | "too_many"
  | "event_not_found"
  | "mixed_environments"
  | "filter_not_understood"
  | "too_long"
  | "destination_not_found"
  | "destination_not_for_live"
  | "environment_not_taken"
  | "nothing_to_send"
  | "needs_bulk"
  | "not_confirmed"
  | "replay_not_found"
  | "not_in_that_state";

export const replayRefusals: Record<ReplayRefusal, string> = {
  no_events: "Choose at least one webhook.",
  too_many: `Choose up to ${MAX_CHOSEN} webhooks one by one; more than that by a filter.`,
  event_not_found: "A chosen webhook is not here, or not yours to send.",
  mixed_environments: "The chosen webhooks belong to different environments. Replay one environment at a time.",
  filter_not_understood: "The filter was not understood, so nothing was planned.",
  too_long: "Counting these webhooks takes too long. Narrow them to a shorter time.",
  destination_not_found: "This destination is gone.",
  destination_not_for_live:
    "Live webhooks are not sent to this destination: whoever added it may not write live destinations.",
  environment_not_taken: "This destination does not take webhooks of this environment.",
  nothing_to_send: "None of the chosen webhooks can be sent.",
  needs_bulk: `More than ${MAX_EVENTS} webhooks at once are for those who may replay in bulk.`,
  not_confirmed: "What was typed to confirm does not match. Nothing was ordered.",
  replay_not_found: "This replay is not here.",
  not_in_that_state: "The replay has moved on meanwhile. Look again.",
};

/** What an operator may ask of a replay in each state. */
export const replayMoves: Record<ReplayState, readonly ReplayMove[]> = {
  planned: ["cancel"],
  running: ["stop", "cancel"],
  paused: ["resume", "cancel"],
  finished: [],
  cancelled: [],
};
export type ReplayMove = "stop" | "resume" | "cancel";

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

/** 410 Gone: the endpoint asks for nothing more, ever (Standard Webhooks). */
export function isGone({ status }: AttemptResult): boolean {
  return status === 410;
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
