import { paths } from "~/lib/paths.ts";

const LOCK = "paydesk-live";
const CHANNEL = "paydesk-live";
const RETRY_MS = 30_000;
/** Going from page to page keeps the stream: the next one asks for it before this is over. */
const LINGER_MS = 2_000;

const listeners = new Set<() => void>();
let stop: (() => void) | null = null;
let lingering: ReturnType<typeof setTimeout> | undefined;

/**
 * Tells when something within the operator's scope may have changed. One stream a browser: the visible tab that holds the
 * lock reads it and tells the others. Nothing is read while the page is hidden.
 */
export function onLiveChange(listener: () => void): () => void {
  listeners.add(listener);
  clearTimeout(lingering);
  if (listeners.size === 1) document.addEventListener("visibilitychange", follow);
  start();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", follow);
    clearTimeout(lingering);
    lingering = setTimeout(halt, LINGER_MS);
  };
}

function start(): void {
  if (document.visibilityState === "visible") stop ??= listen();
}

/** A page that is shown again may have missed something, whichever tab reads the stream. */
function follow(): void {
  if (document.visibilityState === "visible") {
    start();
    tell();
  } else {
    halt();
  }
}

function halt(): void {
  stop?.();
  stop = null;
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Reads the stream once the lock is ours, and what another tab tells until then. Returns how to stop. */
function listen(): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const stopped = new AbortController();
  channel.onmessage = tell;
  const read = () =>
    readStream(stopped.signal, () => {
      tell();
      channel.postMessage("changed");
    });
  // Browsers have locks on https and loopback only; elsewhere each tab reads for itself.
  if (navigator.locks) navigator.locks.request(LOCK, { signal: stopped.signal }, read).catch(() => {});
  else void read();
  return () => {
    stopped.abort();
    channel.close();
  };
}

/** Resolves when told to stop, which also gives the lock back. */
function readStream(stopped: AbortSignal, changed: () => void): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source = new EventSource(paths.live());
      // Whatever happened between reading the page and this moment was told to nobody.
      source.onopen = changed;
      source.addEventListener("changed", changed);
      source.onerror = () => {
        // Dropped connections are taken up again by the browser; an answer that is no stream is not: signed out, most
        // likely, which the page finds out by loading again.
        if (source?.readyState !== EventSource.CLOSED) return;
        changed();
        timer = setTimeout(connect, RETRY_MS);
      };
    };
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      source?.close();
      resolve();
    });
    if (stopped.aborted) resolve();
    else connect();
  });
}
