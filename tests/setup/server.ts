import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Database } from "../../app/db.server.ts";
import type { Config } from "../../app/env.server.ts";
import { createSignals } from "../../app/lib/signals.ts";
import { loadCallbackTokens } from "../../server/callback-tokens.ts";
import { createCapture } from "../../server/capture.ts";
import { createHealth } from "../../server/health.ts";
import { createHttpServer } from "../../server/http-server.ts";
import { createLogger } from "../../server/logger.ts";
import { createMetrics } from "../../server/metrics.ts";
import type { PageHandler } from "../../server/remix-handler.ts";
import { createStreams } from "../../server/streams.ts";
import { syncCallbackTokens } from "../../server/sync-callback-tokens.ts";
import { aConfig } from "./config.ts";
import { createTestDatabase } from "./db.ts";

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly db: Database;
  readonly config: Config;
  /** Everything the process logged, one JSON object a line. */
  log(): string;
  close(): Promise<void>;
}

interface TestServerOptions {
  readonly config?: Partial<Config>;
  readonly db?: Database;
  /** Stands in for Remix; says "page METHOD /path" unless given. */
  readonly pages?: PageHandler;
  readonly bodyTimeoutMs?: number;
  readonly isStopping?: () => boolean;
}

export const TEST_TOKEN = "a-test-callback-token";

/** The real HTTP server on a free port of this machine over a store in memory, with a stand-in for the pages. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const db = options.db ?? (await createTestDatabase());
  const lines: string[] = [];
  const logger = createLogger("trace", { write: (line) => void lines.push(line) });
  const metrics = createMetrics();
  const configured = { webhookTokens: [{ environment: "test", token: TEST_TOKEN }] as const, ...options.config };
  await syncCallbackTokens(db, configured, new Date());
  const tokens = await loadCallbackTokens(db, (error) => logger.error({ err: error }));

  // The port is known only once it is open, and the configuration names it.
  const config = { ...aConfig(configured) };
  const server = createHttpServer({
    app: { db, config, signals: createSignals() },
    capture: createCapture({ db, tokens, logger, metrics, bodyTimeoutMs: options.bodyTimeoutMs }),
    health: createHealth({ db, config, metrics, isStopping: options.isStopping ?? (() => false) }),
    assets: async () => false,
    pages: options.pages ?? echoPage,
    logger,
    metrics,
    streams: createStreams(),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  Object.assign(config, { port, internalUrl: url, publicUrl: options.config?.publicUrl ?? url });

  return {
    url,
    port,
    db,
    config,
    log: () => lines.join(""),
    async close() {
      tokens.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await db.close();
    },
  };
}

async function echoPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  response.setHeader("Content-Type", "text/plain");
  response.end(`page ${request.method} ${request.url}`);
}
