import type { TailPage } from "~/domain/tail/tail.ts";
import { addLines, beginLines, release, skipAhead, type TailLines } from "~/domain/tail/tail-lines.ts";

/** What a tail draws. A new object whenever something changed. */
export interface TailState {
  readonly lines: TailLines;
  readonly isPaused: boolean;
  /** Arrivals of the last answer, for a moment; `null` while nothing comes. */
  readonly justCame: number | null;
  /** The last question went unanswered; it is asked again. */
  readonly isCutOff: boolean;
}

export interface TailSource {
  readonly state: () => TailState;
  subscribe(listener: () => void): () => void;
  /** Asks what came since, unless it is being asked already; then once more afterwards. */
  ask(): void;
  togglePause(): void;
  /** The reader is back where new lines appear. */
  showHeld(): void;
  /** Asks nothing before; returns how to stop. May be started again, and goes on from where it was. */
  start(): () => void;
}

interface TailSourceOptions {
  readonly first: TailPage;
  /** `null` asks for the newest. Rejects when there was no answer. */
  readonly load: (after: string | null, signal: AbortSignal) => Promise<TailPage>;
  /** Whether the reader is elsewhere than at the top, so that lines must not move. */
  readonly isReading: () => boolean;
}

/** Answers in a row before a tail that fell far behind begins again with the newest. */
const CATCH_UP_PAGES = 4;
const RETRY_MS = 3_000;
const JUST_MS = 2_000;

/** Follows the arrivals: one question at a time, each from the cursor of the answer before, so nothing is missed or repeated. */
export function createTailSource({ first, load, isReading }: TailSourceOptions): TailSource {
  const listeners = new Set<() => void>();
  let running: AbortController | null = null;
  let state: TailState = { lines: beginLines(first), isPaused: false, justCame: null, isCutOff: false };
  let isAsking = false;
  let askAgain = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  function change(part: Partial<TailState>): void {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  }

  const isHeld = () => state.isPaused || isReading();

  async function catchUp(signal: AbortSignal): Promise<number> {
    let came = 0;
    for (let page = 0; page < CATCH_UP_PAGES; page++) {
      const after = state.lines.cursor;
      const answer = await load(after, signal);
      came += answer.entries.length;
      change({ lines: addLines(state.lines, answer, { after, isHeld: isHeld() }) });
      if (!answer.isMore) return came;
    }
    const newest = await load(null, signal);
    change({ lines: skipAhead(state.lines, newest, isHeld()) });
    return came + newest.entries.length;
  }

  async function follow(signal: AbortSignal): Promise<void> {
    isAsking = true;
    try {
      do {
        askAgain = false;
        said(await catchUp(signal));
      } while (askAgain);
      if (state.isCutOff) change({ isCutOff: false });
    } catch {
      if (signal.aborted) return;
      change({ isCutOff: true });
      clearTimeout(retry);
      retry = setTimeout(ask, RETRY_MS);
    } finally {
      isAsking = false;
    }
  }

  function said(came: number): void {
    if (came === 0) return;
    change({ justCame: came });
    clearTimeout(quiet);
    quiet = setTimeout(() => change({ justCame: null }), JUST_MS);
  }

  function ask(): void {
    if (isAsking) askAgain = true;
    else if (running) void follow(running.signal);
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask,
    togglePause() {
      const isPaused = !state.isPaused;
      change({ isPaused, lines: isPaused || isReading() ? state.lines : release(state.lines) });
    },
    showHeld() {
      if (!state.isPaused && state.lines.heldCount > 0) change({ lines: release(state.lines) });
    },
    start() {
      const own = new AbortController();
      running = own;
      return () => {
        running = null;
        own.abort();
        clearTimeout(retry);
        clearTimeout(quiet);
      };
    },
  };
}
