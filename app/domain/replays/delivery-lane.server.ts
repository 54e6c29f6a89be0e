import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import type { FetchPolicy } from "~/lib/guarded-fetch.server.ts";
import { attemptsAllowed, nextAttemptAllowedAt } from "../destinations/breaker.ts";
import { type DeliveryTarget, findTarget } from "../destinations/delivery-target.server.ts";
import { destinationPolicy } from "../destinations/destination-policy.server.ts";
import { type DueDelivery, findDue, nextDueAt, type RunningReplay } from "./due-deliveries.server.ts";
import type { TurnKeeper } from "./keep-turns.server.ts";
import { isDelivered, isGone } from "./replay.ts";
import { sendAttempt, type Turn } from "./send-attempt.server.ts";
import { createTokenBucket } from "./token-bucket.ts";

/** Deliveries fetched ahead for one destination, and of each replay of it: enough to stay busy, few enough to forget. */
const FETCHED_AHEAD = 64;
const OF_ONE_REPLAY = 32;
/** Settings, secrets and the breaker are read anew after so long, and after every failure. */
const TARGET_KEPT_MS = 1_000;
/** Rings can be lost; nothing waits longer than this for its turn. */
const LOOK_AGAIN_MS = 5_000;
/** A receiver that asks for patience gets it from every delivery; for longer, only from the one it answered. */
const LONGEST_HOLD_MS = 60_000;
const AFTER_ERROR_MS = 1_000;
/** What was removed is not sent to; its deliveries fail one after another. */
const OF_A_REMOVED_ONE = 16;

export interface LaneOptions {
  readonly db: Database;
  readonly config: Config;
  readonly destinationId: string;
  readonly keeper: TurnKeeper;
  /** One of the places all destinations share; gives it back by the function it answers with. `null`: none is free. */
  readonly takePlace: () => (() => void) | null;
  readonly onGone: (replayId: string) => void;
  readonly onError: (error: unknown) => void;
  readonly now: () => number;
  /** Nothing is begun after it. */
  readonly stopping: AbortSignal;
  /** Cuts off what is under way. */
  readonly cut: AbortSignal;
}

export interface Lane {
  /** The replays it sends for, from now on. What was fetched for others is forgotten. */
  serve(replays: readonly RunningReplay[]): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

/**
 * Sends to one destination: at its rate, as many at a time as it takes, as long as it is on and its breaker lets it,
 * turn by turn for every replay. All that must survive is in the store; a place is free again when its result is there.
 */
export function createLane(options: LaneOptions): Lane {
  const { db, config, destinationId, keeper, takePlace, now, stopping, cut, onError } = options;
  const bucket = createTokenBucket(null);
  /** Fetched or under way: what the store still calls waiting and must not be fetched again. */
  const held = new Set<string>();
  const underWay = new Set<Promise<void>>();
  let replays: readonly RunningReplay[] = [];
  let ready: DueDelivery[] = [];
  let known: { target: DeliveryTarget | null; policy: FetchPolicy; readAt: number } | null = null;
  let holdUntil = 0;
  let first = 0;
  let timer: NodeJS.Timeout | undefined;
  let isPumping = false;
  let pumpAgain = false;

  function wake(): void {
    pumpAgain = true;
    if (isPumping) return;
    isPumping = true;
    void keepPumping();
  }

  async function keepPumping(): Promise<void> {
    while (pumpAgain && !stopping.aborted) {
      pumpAgain = false;
      clearTimeout(timer);
      await pump().catch((error: unknown) => {
        onError(error);
        lookAgainIn(LOOK_AGAIN_MS);
      });
    }
    isPumping = false;
  }

  /** Begins what may begin. Where it stops, either a result or the timer wakes it. */
  async function pump(): Promise<void> {
    while (!stopping.aborted) {
      const { target, policy } = await knowTarget();
      const wait = waitBefore(target);
      if (wait > 0) return lookAgainIn(wait);
      if (underWay.size >= allowedAtOnce(target)) return;
      if (ready.length === 0 && !(await fetchDue(target?.inOrder ?? false))) return lookAgainIn(await untilDue());
      const giveBack = takePlace();
      if (!giveBack) return lookAgainIn(AFTER_ERROR_MS / 50);
      const pause = bucket.take(now());
      const delivery = pause > 0 ? undefined : ready.shift();
      if (delivery) begin(delivery, { target, policy, giveBack });
      else giveBack();
      if (pause > 0) return lookAgainIn(pause);
    }
  }

  async function knowTarget() {
    if (known && now() - known.readAt < TARGET_KEPT_MS) return known;
    const [target, policy] = await Promise.all([
      findTarget(db, config, destinationId, now()),
      destinationPolicy(db, config),
    ]);
    bucket.setRate(target?.ratePerSecond ?? null);
    known = { target, policy, readAt: now() };
    return known;
  }

  function waitBefore(target: DeliveryTarget | null): number {
    if (target && !target.isOn) return LOOK_AGAIN_MS;
    const at = target ? nextAttemptAllowedAt(target.breaker, now()) : 0;
    return Math.max(at, holdUntil) - now();
  }

  function allowedAtOnce(target: DeliveryTarget | null): number {
    return target ? attemptsAllowed(target.breaker, { concurrency: target.concurrency, now: now() }) : OF_A_REMOVED_ONE;
  }

  /** In turns: the replay that was first the last time is last now. False when nothing is due. */
  async function fetchDue(inOrder: boolean): Promise<boolean> {
    first = replays.length === 0 ? 0 : (first + 1) % replays.length;
    const batches: (readonly DueDelivery[])[] = [];
    let found = 0;
    for (const replay of [...replays.slice(first), ...replays.slice(0, first)]) {
      const due = await findDue(db, replay, { now: now(), inOrder, limit: OF_ONE_REPLAY + held.size });
      const fresh = due.filter(({ deliveryId }) => !held.has(deliveryId)).slice(0, OF_ONE_REPLAY);
      batches.push(fresh);
      found += fresh.length;
      if (found >= FETCHED_AHEAD) break;
    }
    // A replay may have been stopped while this was read.
    ready = interleave(batches).filter(isServed);
    for (const { deliveryId } of ready) held.add(deliveryId);
    return ready.length > 0;
  }

  async function untilDue(): Promise<number> {
    if (replays.length === 0) return LOOK_AGAIN_MS;
    const at = await nextDueAt(db, destinationId, now());
    return at === null ? LOOK_AGAIN_MS : at - now();
  }

  function begin(
    delivery: DueDelivery,
    { target, policy, giveBack }: { target: DeliveryTarget | null; policy: FetchPolicy; giveBack: () => void },
  ): void {
    const sent = send(delivery, target, policy)
      .catch(async (error: unknown) => {
        onError(error);
        await wait(AFTER_ERROR_MS, undefined, { signal: stopping }).catch(() => {});
      })
      .finally(() => {
        giveBack();
        held.delete(delivery.deliveryId);
        underWay.delete(sent);
        wake();
      });
    underWay.add(sent);
  }

  async function send(delivery: DueDelivery, target: DeliveryTarget | null, policy: FetchPolicy): Promise<void> {
    const turn = await sendAttempt(db, { delivery, target, policy: { ...policy, signal: cut }, now });
    // What was cut off by our own stop is not the receiver's failure; the next process tries it again.
    if (cut.aborted && (!("attempt" in turn) || turn.attempt.status === null)) return;
    await keeper.keep(delivery, turn);
    learn(delivery, turn);
  }

  function learn({ replayId }: DueDelivery, turn: Turn): void {
    if ("attempt" in turn && isDelivered(turn.attempt)) return;
    known = null;
    if (!("attempt" in turn)) return;
    const { status } = turn.attempt;
    if (isGone(turn.attempt)) {
      serve(replays.filter((replay) => replay.replayId !== replayId));
      options.onGone(replayId);
    }
    if (turn.retryAfterMs !== null && (status === 429 || status === 503))
      holdUntil = Math.max(holdUntil, now() + Math.min(turn.retryAfterMs, LONGEST_HOLD_MS));
  }

  function isServed({ replayId }: DueDelivery): boolean {
    return replays.some((replay) => replay.replayId === replayId);
  }

  function serve(served: readonly RunningReplay[]): void {
    replays = served;
    for (const dropped of ready.filter((delivery) => !isServed(delivery))) held.delete(dropped.deliveryId);
    ready = ready.filter(isServed);
    wake();
  }

  function lookAgainIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(Math.max(ms, 1), LOOK_AGAIN_MS));
  }

  stopping.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return {
    serve(served) {
      // Whoever rings may have changed the destination too.
      known = null;
      serve(served);
    },
    idle: async () => {
      await Promise.all(underWay);
    },
  };
}

/** One of each in turn: a long replay does not make a short one wait. */
function interleave<Item>(batches: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...batches.map((batch) => batch.length));
  return Array.from({ length: longest }, (_, place) =>
    batches.flatMap((batch) => batch.slice(place, place + 1)),
  ).flat();
}
