import type { Change, Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";

interface ChangeStreamOptions {
  readonly scope: Scope;
  /** Asked every 30 s: the operator's scope as it is now, `null` when they are signed out or may no longer read. */
  readonly recheck: () => Promise<Scope | null>;
  /** Aborted when the browser is gone. */
  readonly signal: AbortSignal;
}

const BETWEEN_CHANGES_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 30_000;

/**
 * Server-sent events that say "changed" and nothing else: what changed is read by the page's own loader, so there is one
 * way to be allowed to see it.
 */
export function changeStream(
  db: Database,
  { scope, recheck, signal }: ChangeStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let current = scope;
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const changed = atMostEvery(BETWEEN_CHANGES_MS, () => send("event: changed\ndata: changed\n\n"));
      const forget = db.onChange((changes) => {
        if (changes.some((change) => isVisible(change, current))) changed.call();
      });
      const heartbeat = setInterval(() => send(": alive\n\n"), HEARTBEAT_MS);
      const rechecks = setInterval(async () => {
        const next = await recheck().catch(() => null);
        if (next === null) close();
        else current = next;
      }, RECHECK_MS);
      stop = () => {
        forget();
        changed.cancel();
        clearInterval(heartbeat);
        clearInterval(rechecks);
        signal.removeEventListener("abort", close);
        stop = () => {};
      };
      function close() {
        stop();
        try {
          controller.close();
        } catch {
          // The reader is gone already.
        }
      }
      signal.addEventListener("abort", close);
      if (signal.aborted) return close();
      send("retry: 3000\n\n");
    },
    cancel() {
      stop();
    },
  });
}

export function isVisible(change: Pick<Change, "environment" | "businessId">, scope: Scope): boolean {
  if (!scope.environments.includes(change.environment)) return false;
  return scope.businessIds === null || (change.businessId !== null && scope.businessIds.includes(change.businessId));
}

/** Calls at once, then at most once an interval; a call in between is made up for at its end. */
function atMostEvery(milliseconds: number, act: () => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isOwed = false;
  const rest = () => {
    timer = setTimeout(() => {
      timer = null;
      if (!isOwed) return;
      isOwed = false;
      act();
      rest();
    }, milliseconds);
  };
  return {
    call() {
      if (timer !== null) {
        isOwed = true;
        return;
      }
      act();
      rest();
    },
    cancel() {
      if (timer !== null) clearTimeout(timer);
      isOwed = false;
    },
  };
}
