import { useEffect, useRef } from "react";
import { paths } from "~/lib/paths.ts";

const LOCK = "paydesk-live";
const CHANNEL = "paydesk-live";
const RETRY_MS = 30_000;

/**
 * Calls back when something within the operator's scope changed, at most once a second. One stream a browser: the visible
 * tab that holds the lock reads it and tells the others. Nothing is read while the page is hidden; when it is shown again
 * it may have missed something, so that counts as a change.
 */
export function useLive(onChange: () => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const tell = () => latest.current();
    let stop: (() => void) | null = null;
    const follow = () => {
      const isVisible = document.visibilityState === "visible";
      if (isVisible && !stop) stop = listen(tell);
      else if (!isVisible && stop) {
        stop();
        stop = null;
      }
    };
    const onVisibility = () => {
      const wasHidden = stop === null;
      follow();
      if (wasHidden && stop) tell();
    };
    follow();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      stop?.();
    };
  }, []);
}

/** Reads the stream once the lock is ours, and what another tab tells until then. Returns how to stop. */
function listen(tell: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = tell;
  const stopped = new AbortController();
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
    let hasDropped = false;
    const connect = () => {
      source = new EventSource(paths.live());
      source.addEventListener("changed", changed);
      source.onopen = () => {
        if (hasDropped) changed();
        hasDropped = false;
      };
      source.onerror = () => {
        hasDropped = true;
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
