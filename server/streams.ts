import type { ServerResponse } from "node:http";
import { isEventStream } from "./remix-handler.ts";

/** The server-sent event streams that are open now, so that a shutdown can end them. */
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
      for (const response of open) if (isEventStream(response.getHeader("Content-Type"))) response.destroy();
    },
  };
}
