import type { DeliveryState, ReplayState } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { LeftOutReason } from "./replay.ts";

/** What a replay is ordered of, what it would do, and how far it is. Types only; browser-safe. */

/** Which stored webhooks are meant. */
export type Selection =
  | { readonly kind: "events"; readonly eventIds: readonly string[] }
  /** Every webhook that tells of one payment. */
  | { readonly kind: "payment"; readonly environment: Environment; readonly paymentRequestId: string }
  /** Search params of the webhooks list, with `environment`, and `from` and `to` for a time window. */
  | { readonly kind: "filter"; readonly search: string };

export interface AskedReplay {
  readonly selection: Selection;
  /** `null`: process again here. */
  readonly destinationId: string | null;
  /** Sends again what this destination already took; otherwise that is left out. */
  readonly includesDelivered: boolean;
  /** In which days of a filter are read. */
  readonly zone: string;
  /** `upTo` of the plan that was confirmed: what was captured after it is no part of the order. */
  readonly upTo?: number;
}

export interface PlannedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly paymentRequestId: string | null;
  readonly firstReceivedAt: number;
  readonly leftOut: LeftOutReason | null;
  /** This destination already answered 2xx to it. */
  readonly alreadyDelivered: boolean;
}

export interface ReplayPlan {
  readonly environment: Environment;
  /** `null` for "process again here". */
  readonly destination: { readonly destinationId: string; readonly name: string; readonly url: string } | null;
  /** Exact: `selected` is `toSend` and everything left out. */
  readonly selected: number;
  readonly toSend: number;
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>;
  /** When the oldest and newest of the selected were first received; `null` when there are none. */
  readonly oldestAt: number | null;
  readonly newestAt: number | null;
  /** Of the selected, most frequent first. */
  readonly perType: readonly { readonly eventType: string; readonly count: number }[];
  /** Tries a second the destination takes; `null` is no limit of ours. */
  readonly ratePerSecond: number | null;
  /** At that rate, or at the speed one destination usually answers; without retries. */
  readonly expectedSeconds: number | null;
  /** The first 20, in the order they are sent in. */
  readonly sample: readonly PlannedEvent[];
  /** More than `MAX_EVENTS`: takes `replays:bulk`. */
  readonly needsBulk: boolean;
  /** A send that is live or of more than `MAX_EVENTS`: its destination's name has to be typed. Processing more than so many again: `toSend` has. */
  readonly needsConfirmation: boolean;
  /** The last observation it looked at. Ordered with it, the replay is of exactly these webhooks. */
  readonly upTo: number;
  /** Why nothing would move yet, in a sentence: the destination is off, or its circuit breaker is open. */
  readonly waitsFor: string | null;
}

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>;

/** `outcome` is an HTTP status, or timeout, refused, blocked. */
export interface OutcomeCount {
  readonly outcome: string;
  readonly count: number;
}

/** How far a replay is. Small enough to be asked for every second. */
export interface ReplayProgress {
  readonly state: ReplayState;
  /** Of how many; those not written down yet (`isFilling`) are in none of the counts. */
  readonly total: number;
  readonly counts: DeliveryCounts;
  readonly isFilling: boolean;
  /** Deliveries that ended lately, a second. 0 while nothing moves. */
  readonly perSecond: number;
  /** Deliveries that failed for good, by what their last try ended in. */
  readonly errors: readonly OutcomeCount[];
  /** Deliveries that wait to be tried again, likewise; of the first thousand that wait. */
  readonly retrying: readonly OutcomeCount[];
  /** In the words of the deliveries, "Left out: it was delivered there before". */
  readonly leftOut: readonly OutcomeCount[];
  /** At the present speed; `null` when it cannot be told. */
  readonly expectedEndAt: number | null;
  /** Why nothing moves, in a sentence: the destination is off, or its circuit breaker is open. */
  readonly waitsFor: string | null;
}
