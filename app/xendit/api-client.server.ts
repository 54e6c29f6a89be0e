import {
  type PaymentAnswer,
  type PaymentRequestAnswer,
  readPayment,
  readPaymentRequest,
  readSession,
  readToken,
  readTransactions,
  type SessionAnswer,
  type TokenAnswer,
  type TransactionsAnswer,
} from "./api-answers.ts";
import type { ApiError } from "./api-errors.ts";
import { createRateLimits } from "./api-rate-limit.ts";
import { type ApiCall, send, type Transport } from "./api-transport.server.ts";
import type { Exchange } from "./exchange.ts";

export type ApiAnswer<Body> =
  | { readonly ok: true; readonly body: Body; readonly bytes: Uint8Array; readonly exchange: Exchange }
  | { readonly ok: false; readonly error: ApiError; readonly exchange: Exchange };

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface XenditClient {
  /** `body` is JSON text: amounts keep their digits. */
  createSession(body: string, options?: CallOptions): Promise<ApiAnswer<SessionAnswer>>;
  getSession(paymentSessionId: string, options?: CallOptions): Promise<ApiAnswer<SessionAnswer>>;
  cancelSession(paymentSessionId: string, options?: CallOptions): Promise<ApiAnswer<SessionAnswer>>;
  getPaymentRequest(paymentRequestId: string, options?: CallOptions): Promise<ApiAnswer<PaymentRequestAnswer>>;
  getPayment(paymentId: string, options?: CallOptions): Promise<ApiAnswer<PaymentAnswer>>;
  getToken(paymentTokenId: string, options?: CallOptions): Promise<ApiAnswer<TokenAnswer>>;
  /** One page of the ledger (FACTS 8.1). */
  listTransactions(query: TransactionsQuery, options?: CallOptions): Promise<ApiAnswer<TransactionsAnswer>>;
}

export interface TransactionsQuery {
  /** Of creation, ISO, both included. */
  readonly from: string;
  readonly to: string;
  /** The last transaction that is known. */
  readonly after: string | null;
  readonly limit: number;
}

export interface XenditClientOptions {
  /** Without a trailing slash: `https://api.xendit.co`, or the sandbox's. */
  readonly baseUrl: string;
  readonly secretKey: string;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
  readonly maxWaitMs?: number;
}

/** Talks to Xendit, or to the sandbox in its place: same calls, same answers, same errors. */
export function createXenditClient(options: XenditClientOptions): XenditClient {
  const transport: Transport = {
    baseUrl: options.baseUrl.replace(/\/+$/, ""),
    secretKey: options.secretKey,
    fetch: options.fetch ?? fetch,
    limits: createRateLimits(),
    timeoutMs: options.timeoutMs ?? 30_000,
    maxWaitMs: options.maxWaitMs ?? 3_000,
  };
  const get = <Body>(endpoint: string, id: string, read: Read<Body>, call: CallOptions = {}) =>
    answer(transport, { method: "GET", path: pathOf(endpoint, id), endpoint: `GET ${endpoint}`, ...call }, read);

  return {
    createSession: (body, call) =>
      answer(transport, { method: "POST", path: "/sessions", endpoint: "POST /sessions", body, ...call }, readSession),
    cancelSession(id, call) {
      const endpoint = "/sessions/:id/cancel";
      const path = pathOf(endpoint, id);
      return answer(transport, { method: "POST", path, endpoint: `POST ${endpoint}`, ...call }, readSession);
    },
    getSession: (id, call) => get("/sessions/:id", id, readSession, call),
    getPaymentRequest: (id, call) => get("/v3/payment_requests/:id", id, readPaymentRequest, call),
    getPayment: (id, call) => get("/v3/payments/:id", id, readPayment, call),
    getToken: (id, call) => get("/v3/payment_tokens/:id", id, readToken, call),
    listTransactions(query, call) {
      const path = `/transactions?${transactionsParams(query)}`;
      return answer(transport, { method: "GET", path, endpoint: "GET /transactions", ...call }, readTransactions);
    },
  };
}

type Read<Body> = (body: Readonly<Record<string, unknown>>) => Body;

async function answer<Body>(transport: Transport, call: ApiCall, read: Read<Body>): Promise<ApiAnswer<Body>> {
  const raw = await send(transport, call);
  return raw.ok ? { ...raw, body: read(raw.body) } : raw;
}

function transactionsParams({ from, to, after, limit }: TransactionsQuery): URLSearchParams {
  const params = new URLSearchParams({ "created[gte]": from, "created[lte]": to, limit: String(limit) });
  if (after !== null) params.set("after_id", after);
  return params;
}

function pathOf(endpoint: string, id: string): string {
  return endpoint.replace(":id", encodeURIComponent(id));
}
