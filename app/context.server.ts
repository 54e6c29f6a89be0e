import type { Database } from "./db.server.ts";
import type { Config } from "./env.server.ts";
import type { Signals } from "./lib/signals.ts";

/** What the server hands to every loader and action. */
export interface AppContext {
  readonly db: Database;
  readonly config: Config;
  /** Wakes background work and live streams; carries no data worth protecting. */
  readonly signals: Signals;
  /** For `<Scripts nonce>` and the Content-Security-Policy of this response. */
  readonly nonce: string;
  readonly requestId: string;
  /** The peer's address. */
  readonly address: string;
  /** Says a failure once, in the log, under the request's id. The server gives one; tests need none. */
  readonly reportError?: (error: unknown, requestId: string) => void;
}

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends AppContext {}
}
