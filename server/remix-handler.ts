import type { IncomingMessage, ServerResponse } from "node:http";
import { createReadableStreamFromReadable, createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { AppContext } from "../app/context.server.ts";

export type PageHandler = (request: IncomingMessage, response: ServerResponse, context: AppContext) => Promise<void>;

/** More than any form of ours holds. */
const MAX_BODY = 1024 * 1024;

/**
 * Remix behind node:http. @remix-run/express writes on without waiting for `drain` and keeps reading after the browser is
 * gone: an export of a million rows would stand in memory. Here a slow reader slows the query, and a gone one ends it.
 */
export function createPageHandler(build: ServerBuild | (() => Promise<ServerBuild>), mode: string): PageHandler {
  const whole = typeof build === "function" ? async () => withFormErrors(await build()) : withFormErrors(build);
  const handle = createRequestHandler(whole, mode);
  return async (request, response, context) => {
    const answer = await handle(toWebRequest(request, response, context.config.publicUrl), { ...context });
    await sendWebResponse(response, answer);
  };
}

/** A form that cannot be read is the sender's mistake, in whichever action reads it: a 400 instead of what broke. */
function withFormErrors(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    const action = route?.module.action;
    if (!route || !action) return [id, route];
    const checked: typeof action = (args) => action({ ...args, request: withFormError(args.request) });
    return [id, { ...route, module: { ...route.module, action: checked } }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

/** On the request itself: Remix hands actions a copy, which would forget a class of ours. */
function withFormError(request: Request): Request {
  const formData = async () => {
    try {
      return await Request.prototype.formData.call(request);
    } catch (error) {
      if (!(error instanceof TypeError) || request.signal.aborted) throw error;
      if (error.cause instanceof Response) throw error.cause;
      throw new Response("What was sent is not a form that can be read.", { status: 400 });
    }
  };
  return Object.defineProperty(request, "formData", { value: formData });
}

/** What a request asks for, always on our own address, never on what a header says; `null` when it names no path. */
export function pageUrl(request: IncomingMessage, publicUrl: string): URL | null {
  const asked = publicUrl + (request.url ?? "/");
  return request.url?.startsWith("/") && URL.canParse(asked) ? new URL(asked) : null;
}

function toWebRequest(request: IncomingMessage, response: ServerResponse, publicUrl: string): Request {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  const init = { method: request.method, headers: toWebHeaders(request), signal: gone.signal };
  // The guards read the same URL, and let nothing through that has none.
  const url = pageUrl(request, publicUrl) ?? new URL(publicUrl);
  if (request.method === "GET" || request.method === "HEAD") return new Request(url, init);
  const body = createReadableStreamFromReadable(request).pipeThrough(atMost(MAX_BODY));
  return new Request(url, { ...init, body, duplex: "half" } as RequestInit);
}

function toWebHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // Remix compares Origin with this one before Host; anybody can write it.
    if (name === "x-forwarded-host" || name.startsWith(":")) continue;
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) headers.append(name, one);
  }
  return headers;
}

/** Declared sizes are refused earlier; this is for bodies that come in chunks. */
function atMost(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > limit) controller.error(new Response("The form is too large.", { status: 413 }));
      else controller.enqueue(chunk);
    },
  });
}

async function sendWebResponse(response: ServerResponse, answer: Response): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  if (!answer.body || response.req.method === "HEAD") {
    await answer.body?.cancel();
    response.end();
    return;
  }
  if (isEventStream(answer.headers.get("Content-Type"))) response.flushHeaders();
  await pump(answer.body, response);
}

export function isEventStream(contentType: unknown): boolean {
  return typeof contentType === "string" && contentType.startsWith("text/event-stream");
}

/** An error after the headers ends the connection: a half export must not look like a whole one. */
async function pump(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  const room = waitForRoom(response);
  const onClose = () => void reader.cancel().catch(() => {});
  response.once("close", onClose);
  try {
    for (let next = await reader.read(); !next.done && !response.destroyed; next = await reader.read()) {
      const hasRoom = response.write(next.value);
      flush(response);
      if (!hasRoom) await room();
    }
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  } finally {
    response.off("close", onClose);
  }
}

/** What `compression` holds back is sent on, so that a page drawn in parts appears in parts. */
function flush(response: ServerResponse): void {
  if ("flush" in response && typeof response.flush === "function") response.flush();
}

/**
 * Resolves when there is room again, or nobody left to write to. One listener for the whole response: `compression` hands
 * `on("drain")` to its own stream and `off` to ours, so one made for each wait would never go away.
 */
function waitForRoom(response: ServerResponse): () => Promise<void> {
  let wake = () => {};
  response.on("drain", () => wake()).once("close", () => wake());
  return () => {
    if (response.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      wake = resolve;
    });
  };
}
