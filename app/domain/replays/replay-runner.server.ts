import { setTimeout as wait } from "node:timers/promises";
import type { AppContext } from "~/context.server.ts";
import { createLookout } from "~/lib/lookout.ts";
import { createSlices } from "~/lib/slices.ts";
import { createLane, type Lane } from "./delivery-lane.server.ts";
import { findOpenReplays, type OpenReplay, type RunningReplay } from "./due-deliveries.server.ts";
import { fillSlice } from "./fill-replay.server.ts";
import { createTurnKeeper } from "./keep-turns.server.ts";
import { reprocessSlice } from "./reprocess-replay.server.ts";
import { sweepSlice } from "./sweep-replay.server.ts";

/** Tries under way to all destinations together. */
const AT_ONCE = 64;
const LOOK_AGAIN_MS = 5_000;
/** When stopped, what is under way gets this long to be answered: cut off, it is sent again by the next process. */
const GRACE_MS = 1_000;

export interface ReplayRunnerOptions extends Pick<AppContext, "db" | "config" | "signals"> {
  readonly now?: () => number;
  /** Of the jitter between tries. */
  readonly random?: () => number;
  readonly onError?: (error: unknown) => void;
}

/**
 * Does what replays are ordered to do, until stopped: writes large orders down, reads events again, and sends what is due,
 * each destination in a lane of its own. All it knows is in the store, so that a restart goes on where the last process
 * ended: a try that was under way then is made again, with the same `webhook-id` for the receiver to notice.
 */
export function startReplayRunner(options: ReplayRunnerOptions): { stop(): Promise<void> } {
  const { db, config, signals, now = Date.now, random = Math.random, onError = () => {} } = options;
  const stopping = new AbortController();
  const cut = new AbortController();
  const keeper = createTurnKeeper({ db, now, random, onError, signal: cut.signal });
  const lookout = createLookout({ look, everyMs: LOOK_AGAIN_MS, stopping: stopping.signal, onError });
  const slices = createSlices({ stopping: stopping.signal, onSlice: lookout.wake, onError });
  const lanes = new Map<string, Lane>();
  /** Replays whose destination answered 410, while the rest of them is left out. */
  const gone = new Set<string>();
  let places = AT_ONCE;

  async function look(): Promise<void> {
    const open = await findOpenReplays(db);
    if (stopping.signal.aborted) return;
    for (const replay of open) workOn(replay);
    const sending = open.flatMap((replay) => asSending(replay, gone));
    const destinationIds = new Set([...lanes.keys(), ...sending.map((replay) => replay.destinationId)]);
    for (const destinationId of destinationIds)
      laneOf(destinationId).serve(sending.filter((replay) => replay.destinationId === destinationId));
  }

  /** What is done in slices. A replay that is written down yet is neither swept nor read again: there is more to come. */
  function workOn({ replayId, state, kind, isFilling }: OpenReplay): void {
    if (isFilling) slices.run(`fill ${replayId}`, () => fillSlice(db, replayId, now()));
    else if (state === "cancelled")
      slices.run(`sweep ${replayId}`, () => sweepSlice(db, { replayId, reason: "stopped", now: now() }));
    else if (gone.has(replayId)) slices.run(`gone ${replayId}`, () => leaveOutGone(replayId));
    else if (state === "running" && kind === "reprocess")
      slices.run(`reprocess ${replayId}`, () => reprocessSlice(db, replayId, now()));
  }

  async function leaveOutGone(replayId: string): Promise<boolean> {
    const hasMore = await sweepSlice(db, { replayId, reason: "gone", now: now() });
    if (!hasMore) gone.delete(replayId);
    return hasMore;
  }

  function laneOf(destinationId: string): Lane {
    const lane =
      lanes.get(destinationId) ??
      createLane({
        db,
        config,
        destinationId,
        keeper,
        takePlace,
        onGone,
        onError,
        now,
        stopping: stopping.signal,
        cut: cut.signal,
      });
    lanes.set(destinationId, lane);
    return lane;
  }

  function takePlace(): (() => void) | null {
    if (places === 0) return null;
    places -= 1;
    return () => {
      places += 1;
    };
  }

  function onGone(replayId: string): void {
    gone.add(replayId);
    lookout.wake();
  }

  const silence = signals.on("deliveries", lookout.wake);
  lookout.wake();
  return {
    async stop() {
      stopping.abort();
      silence();
      const ended = Promise.all([lookout.idle(), slices.idle(), ...[...lanes.values()].map((lane) => lane.idle())]);
      await Promise.race([ended, wait(GRACE_MS, undefined, { ref: false })]);
      cut.abort();
      await ended;
      await keeper.idle();
    },
  };
}

function asSending({ state, kind, destinationId, ...replay }: OpenReplay, gone: ReadonlySet<string>): RunningReplay[] {
  const isSent = state === "running" && (kind === "send" || kind === "forward") && !gone.has(replay.replayId);
  if (!isSent || destinationId === null) return [];
  return [{ replayId: replay.replayId, environment: replay.environment, kind, destinationId }];
}
