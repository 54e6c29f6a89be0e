import { readError, readObject } from "./api-answers.ts";
import { type ApiError, apiError, errorKindOfStatus } from "./api-errors.ts";
import type { RateLimits } from "./api-rate-limit.ts";
import type { Exchange } from "./exchange.ts";
import { maskBody } from "./mask.ts";

export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT";
  /** Beginning with `/`; ids in it already encoded. */
  readonly path: string;
  /** What Xendit counts calls by: the path with its ids left out. */
  readonly endpoint: string;
  /** JSON text, so that amounts keep their digits. */
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export type RawAnswer =
  | {
      readonly ok: true;
      readonly body: Readonly<Record<string, unknown>>;
      readonly bytes: Uint8Array;
      readonly exchange: Exchange;
    }
  | { readonly ok: false; readonly error: ApiError; readonly exchange: Exchange };

export interface Transport {
  readonly baseUrl: string;
  readonly secretKey: string;
  readonly fetch: typeof fetch;
  readonly limits: RateLimits;
  readonly timeoutMs: number;
  /** The longest a call waits for the rate limit before it is refused with "try again in N s". */
  readonly maxWaitMs: number;
}

/** An answer is a few KiB; more than this is not Xendit's. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_KEPT_CHARACTERS = 64 * 1024;

/** Sends one call: waits for or refuses at the rate limit, gives up after the timeout, never follows a redirect. */
export async function send(transport: Transport, call: ApiCall): Promise<RawAnswer> {
  const wait = transport.limits.waitMs(call.endpoint, Date.now());
  if (wait > transport.maxWaitMs) return notSent(call, apiError("rate_limited", { retryAfterSeconds: wait / 1000 }));
  if (wait > 0 && !(await pause(wait, call.signal))) return notSent(call, apiError("aborted"));
  return exchange(transport, call);
}

async function exchange(transport: Transport, call: ApiCall): Promise<RawAnswer> {
  const startedAt = Date.now();
  const timeout = AbortSignal.timeout(transport.timeoutMs);
  const signal = call.signal ? AbortSignal.any([timeout, call.signal]) : timeout;
  const record = (known: Partial<Exchange>): Exchange => ({
    ...emptyExchange(call),
    ...known,
    latencyMs: Date.now() - startedAt,
  });
  try {
    const response = await transport.fetch(transport.baseUrl + call.path, requestInit(transport, call, signal));
    transport.limits.note(call.endpoint, response.headers, response.status, Date.now());
    const bytes = await readBytes(response);
    const text = new TextDecoder().decode(bytes);
    const kept = record({
      status: response.status,
      response: keepable(text),
      requestId: response.headers.get("request-id"),
    });
    const body = readObject(text);
    if (response.ok && body) return { ok: true, body, bytes, exchange: kept };
    return { ok: false, error: errorOf(transport, call, response, body), exchange: kept };
  } catch (cause) {
    return { ok: false, error: errorOfFailure(cause, timeout, call.signal), exchange: record({}) };
  }
}

function requestInit(transport: Transport, call: ApiCall, signal: AbortSignal): RequestInit {
  const headers: Record<string, string> = {
    accept: "application/json",
    authorization: `Basic ${Buffer.from(`${transport.secretKey}:`).toString("base64")}`,
  };
  if (call.body !== undefined) headers["content-type"] = "application/json";
  if (call.path.startsWith("/v3/")) headers["api-version"] = "2024-11-11";
  // A redirect would carry the key to wherever it points.
  return { method: call.method, headers, body: call.body, signal, redirect: "manual" };
}

function errorOf(
  transport: Transport,
  call: ApiCall,
  response: Response,
  body: Readonly<Record<string, unknown>> | null,
): ApiError {
  const waitMs = transport.limits.waitMs(call.endpoint, Date.now());
  return apiError(errorKindOfStatus(response.status), {
    ...readError(body),
    retryAfterSeconds: response.status === 429 ? waitMs / 1000 : null,
  });
}

function errorOfFailure(cause: unknown, timeout: AbortSignal, given: AbortSignal | undefined): ApiError {
  if (given?.aborted) return apiError("aborted");
  if (timeout.aborted) return apiError("timeout");
  if (cause instanceof AnswerTooLong) return apiError("unreadable");
  return apiError(neverConnected(cause) ? "unreachable" : "unavailable");
}

/** Only a connection that was never made proves that nothing was sent. */
function neverConnected(cause: unknown): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined;
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : "";
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_|SELF_|UNABLE_)/.test(
    code,
  );
}

class AnswerTooLong extends Error {}

async function readBytes(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      await reader?.cancel();
      throw new AnswerTooLong("answer over 1 MiB");
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks);
}

function notSent(call: ApiCall, error: ApiError): RawAnswer {
  return { ok: false, error, exchange: emptyExchange(call) };
}

function emptyExchange(call: ApiCall): Exchange {
  const { method, path } = call;
  const request = call.body === undefined ? null : keepable(call.body);
  return { method, path, request, status: null, response: null, requestId: null, latencyMs: 0 };
}

/** 3-D Secure links carry the public key as `api_key`; an exchange is shown to people who need not see any key. */
function keepable(text: string): string {
  const masked = new TextDecoder().decode(maskBody(new TextEncoder().encode(text)).bytes);
  const blanked = masked.replace(/\bxnd_[A-Za-z0-9_]+/g, "xnd_[removed]");
  const over = blanked.length - MAX_KEPT_CHARACTERS;
  return over > 0 ? `${blanked.slice(0, MAX_KEPT_CHARACTERS)}… (${over} more characters left out)` : blanked;
}

/** False when the signal ended the pause early. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(true);
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
