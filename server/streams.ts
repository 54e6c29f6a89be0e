import type { ServerResponse } from "node:http";
import { isEventStream } from "./remix-handler.ts";

/** The answers that are open now and may not end by themselves for long, so that a shutdown can end them. */
export interface Streams {
  watch(response: ServerResponse): void;
  end(): void;
}

export function createStreams(): Streams {
  const open = new Set<ServerResponse>();
  return {
    watch(response) {
      open.add(response);
      response.once("close", () => open.delete(response));
    },
    end() {
      for (const response of open) if (isLong(response)) response.destroy();
    },
  };
}

/** A stream of events, or a program that waits for the next webhook: each asks again of whoever answers next. */
function isLong(response: ServerResponse): boolean {
  if (isEventStream(response.getHeader("Content-Type"))) return true;
  return !response.headersSent && (response.req.url ?? "").startsWith("/api/v1/events");
}
