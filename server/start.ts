import { mkdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { listForwardLags } from "../app/domain/forward/list-lags.server.ts";
import type { Config } from "../app/env.server.ts";
import { createSignals } from "../app/lib/signals.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import { isFoldedByOlder } from "../db/projection-version.ts";
import { startBackground } from "./background.ts";
import { loadCallbackTokens } from "./callback-tokens.ts";
import { createCapture } from "./capture.ts";
import { prepareStore } from "./first-start.ts";
import { startFoldingAgain } from "./fold-again.ts";
import { createHealth } from "./health.ts";
import { type AssetHandler, createHttpServer } from "./http-server.ts";
import { createLogger } from "./logger.ts";
import { createMetrics } from "./metrics.ts";
import type { PageHandler } from "./remix-handler.ts";
import { createStreams } from "./streams.ts";

export interface Pages {
  readonly assets: AssetHandler;
  readonly pages: PageHandler;
  readonly development?: boolean;
}

export interface RunningServer {
  readonly port: number;
  /** The link for the first administrator, while there is no operator. */
  readonly firstLink: string | null;
  /** Answers what is under way, then lets go of everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** What is under way gets this long to end by itself. */
const GRACE_MS = 8_000;

/** Opens the store, then the door, then the work behind it, in that order; closing goes the other way round. */
export async function startServer(
  config: Config,
  openPages: (app: { config: Config }) => Promise<Pages>,
  say: (line: string) => void,
): Promise<RunningServer> {
  const logger = createLogger(config.logLevel);
  if (config.databaseFile !== ":memory:") mkdirSync(dirname(config.databaseFile), { recursive: true, mode: 0o700 });
  migrate(config.databaseFile);
  const db = await openDatabase({ file: config.databaseFile, threads: true });
  const signals = createSignals();
  const isOlder = await isFoldedByOlder(db);
  const { firstLink } = await prepareStore(db, config, { say, now: new Date() });

  let stopping: Promise<void> | null = null;
  const metrics = createMetrics({ readForwardLags: () => listForwardLags(db, { now: Date.now() }) });
  const onError = (error: unknown) => logger.error({ err: error }, "background work failed");
  const tokens = await loadCallbackTokens(db, onError);
  const streams = createStreams();
  const server = createHttpServer({
    app: { db, config, signals },
    capture: createCapture({ db, tokens, logger, metrics }),
    health: createHealth({ db, config, metrics, isStopping: () => stopping !== null }),
    logger,
    metrics,
    streams,
    ...(await openPages({ config })),
  });
  await listen(server, config);
  const background = startBackground({ db, config, signals, onError });
  const foldingAgain = isOlder
    ? startFoldingAgain({ db, say, onError, onDone: () => signals.ring("reconciliation") })
    : null;

  const stop = async () => {
    tokens.stop();
    await Promise.all([closeServer(server, streams), background.stop(), foldingAgain?.stop()]);
    await db.close();
  };
  return {
    port: (server.address() as AddressInfo).port,
    firstLink,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function closeServer(server: Server, streams: { end(): void }): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // A live stream never ends by itself; its page will connect again to whoever answers next.
    streams.end();
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  });
}
