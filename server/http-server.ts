import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import compression from "compression";
import type { AppContext } from "../app/context.server.ts";
import { CAPTURE_PATH, type Capture } from "./capture.ts";
import { checkHost, checkOrigin, type GuardAnswer, isSandbox } from "./guards.ts";
import type { Health } from "./health.ts";
import { type Logger, loggablePath } from "./logger.ts";
import type { Metrics, RequestKind } from "./metrics.ts";
import { clientAddress } from "./peer.ts";
import { declaredSize } from "./read-body.ts";
import { isEventStream, type PageHandler, pageUrl } from "./remix-handler.ts";
import { closeAfterAnswer, sendError, sendText } from "./respond.ts";
import { newNonce, setDefaultHeaders } from "./security-headers.ts";
import type { Streams } from "./streams.ts";

/** Serves a file and says so, or leaves the request to the next in line. */
export type AssetHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface HttpServerOptions {
  readonly app: Pick<AppContext, "db" | "config" | "signals">;
  readonly capture: Capture;
  readonly health: Health;
  readonly assets: AssetHandler;
  readonly pages: PageHandler;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly streams: Pick<Streams, "watch">;
  readonly development?: boolean;
}

/** TRACE and WebDAV's cannot be made into a web request, and nothing here answers them. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const MAX_PAGE_BODY = 1024 * 1024;

/** Every request's way: capture, then health, then the guards, then files, then pages. */
export function createHttpServer(options: HttpServerOptions): Server {
  const compress = compression({ filter: (request, response) => isCompressed(request, response) });
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 });
  server.on("request", (request, response) => {
    const requestId = randomUUID();
    const path = pageUrl(request, options.app.config.publicUrl)?.pathname ?? null;
    const kind = kindOf(path);
    response.setHeader("X-Request-Id", requestId);
    noteAnswer(options, request, response, { kind, requestId });
    route(options, compress, request, response, { path, kind, requestId }).catch((error: unknown) => {
      options.logger.error({ err: error, requestId, path: loggablePath(request.url) }, "a request failed");
      failed(response, requestId);
    });
  });
  return server;
}

interface Routed {
  /** As the pages' router reads it, with `..` resolved; `null` when the request line names none. */
  readonly path: string | null;
  readonly kind: RequestKind;
  readonly requestId: string;
}

async function route(
  options: HttpServerOptions,
  compress: ReturnType<typeof compression>,
  request: IncomingMessage,
  response: ServerResponse,
  { path, kind, requestId }: Routed,
): Promise<void> {
  const { config } = options.app;
  const address = clientAddress(request, config);
  if (kind === "capture") return options.capture(request, response, { address, requestId });

  const nonce = newNonce();
  const https = config.publicUrl.startsWith("https:");
  setDefaultHeaders(response, { nonce, https, development: options.development ?? false });
  if (path === null) {
    return sendError(response, 400, { code: "bad_request", message: "The request line has no path." });
  }
  if (kind === "health" && path !== "/metrics") return options.health(path, request, response);
  if (!METHODS.has(request.method ?? "")) {
    closeAfterAnswer(request, response);
    return sendText(response, 405, "This method is not answered.", { Allow: [...METHODS].join(", ") });
  }
  for (const guard of [checkHost, checkOrigin]) {
    const answer = guard(request, path, config);
    if (!answer.pass) return refuse(request, response, answer);
  }
  if (path === "/metrics") return options.health(path, request, response);
  if ((declaredSize(request) ?? 0) > MAX_PAGE_BODY) {
    closeAfterAnswer(request, response);
    return sendText(response, 413, "What was sent is larger than 1 MiB.");
  }

  await new Promise<void>((resolve) => compress(request as never, response as never, () => resolve()));
  if (await options.assets(request, response)) return;
  options.streams.watch(response);
  if (response.destroyed) return;
  const reportError = (error: unknown, id: string) =>
    options.logger.error({ err: error, requestId: id, path: loggablePath(request.url) }, "a page failed");
  await options.pages(request, response, { ...options.app, nonce, requestId, address, reportError });
}

function kindOf(path: string | null): RequestKind {
  if (path === null) return "page";
  if (path === CAPTURE_PATH || path === `${CAPTURE_PATH}/`) return "capture";
  if (path === "/healthz" || path === "/readyz" || path === "/metrics") return "health";
  if (isSandbox(path)) return "sandbox";
  return path.startsWith("/assets/") ? "asset" : "page";
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Exclude<GuardAnswer, { pass: true }>,
): void {
  closeAfterAnswer(request, response);
  if ("redirect" in answer) sendText(response, 307, `See ${answer.redirect}`, { Location: answer.redirect });
  else sendError(response, answer.status, answer);
}

function isCompressed(
  request: Parameters<typeof compression.filter>[0],
  response: Parameters<typeof compression.filter>[1],
) {
  return !isEventStream(response.getHeader("Content-Type")) && compression.filter(request, response);
}

function noteAnswer(
  { logger, metrics }: HttpServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  { kind, requestId }: Pick<Routed, "kind" | "requestId">,
): void {
  const startedAt = performance.now();
  response.once("close", () => {
    const seconds = (performance.now() - startedAt) / 1000;
    metrics.answered(kind, response.statusCode, seconds);
    if (kind === "asset" || kind === "health") return;
    const path = loggablePath(request.url);
    const ms = Math.round(seconds * 1000);
    logger.info({ requestId, method: request.method, path, status: response.statusCode, ms }, "request");
  });
}

/** Only the id is shown: what went wrong stands in the log under it. */
function failed(response: ServerResponse, requestId: string): void {
  if (response.headersSent) response.destroy();
  else sendText(response, 500, `Something broke here. Request id: ${requestId}`);
}
