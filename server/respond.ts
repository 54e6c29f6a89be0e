import type { IncomingMessage, ServerResponse } from "node:http";

type Headers = Readonly<Record<string, string>>;

/** What a refused body may still send before its connection ends: enough for the sender to come to read the answer. */
const LINGER_MS = 2_000;

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Headers = {}): void {
  send(response, status, JSON.stringify(body), { "Content-Type": "application/json; charset=utf-8", ...headers });
}

export function sendText(response: ServerResponse, status: number, text: string, headers: Headers = {}): void {
  send(response, status, `${text}\n`, { "Content-Type": "text/plain; charset=utf-8", ...headers });
}

/** An error the way every JSON endpoint of ours says it. */
export function sendError(
  response: ServerResponse,
  status: number,
  { code, message }: { code: string; message: string },
  headers: Headers = {},
): void {
  const type = status >= 500 ? "api_error" : "invalid_request_error";
  sendJson(response, status, { error: { type, code, message } }, headers);
}

/**
 * For an answer given before the body was read. Closing at once would reset the connection and could lose the answer on
 * its way; reading on forever would let the sender decide. So: read and forget for a moment, then close.
 */
export function closeAfterAnswer(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  response.setHeader("Connection", "close");
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  timer.unref();
  request.once("close", () => clearTimeout(timer));
}

function send(response: ServerResponse, status: number, text: string, headers: Headers): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = Buffer.from(text);
  response.writeHead(status, { "Cache-Control": "no-store", "Content-Length": String(bytes.length), ...headers });
  response.end(response.req.method === "HEAD" ? undefined : bytes);
}
