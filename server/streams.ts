import type { ServerResponse } from "node:http";
import { isEventStream } from "./remix-handler.ts";

/** The answers that are open now and may not end by themselves for long, so that a shutdown can end them. */
export interface Streams {
  watch(response: ServerResponse): void;
  /** Ends those that are open, and from then on each that begins. */
  end(): void;
}

export function createStreams(): Streams {
  const open = new Set<ServerResponse>();
  let isEnding = false;
  return {
    watch(response) {
      // Over a connection that was busy when the shutdown began, the next wait would hold it up to the last.
      if (isEnding && LONG_PATHS.some((path) => (response.req.url ?? "").startsWith(path))) {
        response.destroy();
        return;
      }
      open.add(response);
      response.once("close", () => open.delete(response));
    },
    end() {
      isEnding = true;
      for (const response of open) if (isLong(response)) response.destroy();
    },
  };
}

const WAITING_PATH = "/api/v1/events";
const LONG_PATHS = [WAITING_PATH, "/live"];

/** A stream of events, or a program that waits for the next webhook: each asks again of whoever answers next. */
function isLong(response: ServerResponse): boolean {
  if (isEventStream(response.getHeader("Content-Type"))) return true;
  return !response.headersSent && (response.req.url ?? "").startsWith(WAITING_PATH);
}
