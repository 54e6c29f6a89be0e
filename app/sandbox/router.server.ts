import { randomUUID } from "node:crypto";
import type { AppContext } from "../context.server.ts";
import { jsonText } from "../xendit/bodies/json.ts";
import { advance } from "./advance.server.ts";
import { ApiError } from "./api-error.ts";
import { finishAuthentication, renderAuthentication } from "./authentications.server.ts";
import { type Call, transitionOf } from "./call.server.ts";
import { readSandboxKeys, type SandboxKeys } from "./keys.server.ts";
import { payWithSession } from "./pay-with-session.server.ts";
import { cancelPaymentRequest, getPaymentRequest } from "./payment-requests.server.ts";
import { cancelPayment, capturePayment, getPayment } from "./payments.server.ts";
import { plantPayment } from "./plant-payment.server.ts";
import { putLevers } from "./put-levers.server.ts";
import { countRequest, rateLimitHeaders } from "./rate-limit.server.ts";
import { createRefund, getRefund } from "./refunds.server.ts";
import { balanceReport, transactionsReport } from "./reports/report-endpoints.server.ts";
import { same } from "./same.server.ts";
import { browserScript } from "./script.server.ts";
import { cancelSession, createSession, getSession } from "./sessions.server.ts";
import { readSandboxSettings } from "./settings.server.ts";
import { getSettings, putSettings } from "./settings-endpoints.server.ts";
import { cancelToken, getToken, listSavedCards } from "./tokens.server.ts";
import { listTransactions } from "./transactions.server.ts";

type Access = "secret" | "public" | "page";

interface Route {
  readonly method: string;
  /** Below /sandbox; `:` stands for an id. */
  readonly path: string;
  readonly access: Access;
  readonly handle: (call: Call) => Promise<Response>;
}

const route = (method: string, path: string, access: Access, handle: Route["handle"]): Route => ({
  method,
  path,
  access,
  handle,
});

/** Xendit's endpoints, and below them what only a sandbox has. */
const routes: readonly Route[] = [
  route("POST", "sessions", "secret", createSession),
  route("GET", "sessions/:", "secret", getSession),
  route("POST", "sessions/:/cancel", "secret", cancelSession),
  route("POST", "v3/payment_with_session", "public", payWithSession),
  route("GET", "v3/payment_requests/:", "secret", getPaymentRequest),
  route("POST", "v3/payment_requests/:/cancel", "secret", cancelPaymentRequest),
  route("GET", "v3/payments/:", "secret", getPayment),
  route("POST", "v3/payments/:/capture", "secret", capturePayment),
  route("POST", "v3/payments/:/cancel", "secret", cancelPayment),
  route("GET", "v3/payment_tokens/:", "secret", getToken),
  route("POST", "v3/payment_tokens/:/cancel", "secret", cancelToken),
  route("POST", "refunds", "secret", createRefund),
  route("GET", "refunds/:", "secret", getRefund),
  route("GET", "transactions", "secret", listTransactions),
  route("GET", "cards-session.min.js", "page", browserScript),
  route("GET", "authentications/:/render", "page", renderAuthentication),
  route("POST", "authentications/:/render", "page", finishAuthentication),
  route("PUT", "levers/:", "secret", putLevers),
  route("PUT", "planted_payments/:", "secret", plantPayment),
  route("GET", "reports/transactions.csv", "secret", transactionsReport),
  route("GET", "reports/balance.csv", "secret", balanceReport),
  route("GET", "saved_cards", "secret", listSavedCards),
  route("GET", "settings", "secret", getSettings),
  route("PUT", "settings", "secret", putSettings),
];

/** Answers everything below /sandbox. Operator cookies are never looked at: a key is the only way in. */
export async function handleSandbox(request: Request, context: AppContext): Promise<Response> {
  const response = await respond(request, context);
  response.headers.set("Request-ID", randomUUID());
  response.headers.set("Cache-Control", response.headers.get("Cache-Control") ?? "no-store");
  return response;
}

async function respond(request: Request, context: AppContext): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/sandbox\/?/, "").replace(/\/$/, "");
  if (!context.config.sandbox) return errorResponse(new ApiError(404, "NOT_FOUND", "The sandbox is off"));
  if (path === "v3/payment_with_session" && request.method === "OPTIONS") return preflight();
  const found = findRoute(request.method, path);
  if (!found) return errorResponse(new ApiError(404, "NOT_FOUND", "The requested resource was not found"));

  const headers: Record<string, string> = found.route.access === "public" ? { ...corsHeaders } : {};
  try {
    const keys = await readSandboxKeys(context.db, context.config);
    if (!keys) throw new ApiError(503, "SERVER_ERROR", "The sandbox has no keys yet");
    const settings = await readSandboxSettings(context.db, context.config);
    const now = Date.now();
    requireKey(request, found.route.access, keys);
    if (found.route.access !== "page") {
      const rate = countRequest(
        `${keys.businessId} ${found.route.method} ${found.route.path}`,
        settings.rateLimit,
        now,
      );
      Object.assign(headers, rateLimitHeaders(rate));
      if (!rate.allowed) throw new ApiError(429, "RATE_LIMIT_EXCEEDED", "Too many requests, try again later");
    }
    const { db, config, signals } = context;
    const wake = () => signals.ring("sandbox-webhooks");
    const call: Call = { db, config, keys, settings, now, url, request, params: found.params, wake };
    await advance(transitionOf(call));
    return withHeaders(await found.route.handle(call), headers);
  } catch (error) {
    if (error instanceof ApiError) return withHeaders(errorResponse(error), headers);
    throw error;
  }
}

function findRoute(method: string, path: string): { route: Route; params: readonly string[] } | null {
  const wanted = method === "HEAD" ? "GET" : method;
  for (const candidate of routes) {
    if (candidate.method !== wanted) continue;
    const params = matchPath(candidate.path, path);
    if (params) return { route: candidate, params };
  }
  return null;
}

function matchPath(pattern: string, path: string): readonly string[] | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  if (!wanted.every((part, index) => part === ":" || part === given[index])) return null;
  return given.filter((_, index) => wanted[index] === ":").map(decoded);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Basic auth with the key as the name. A public key opens the card step and nothing else. */
function requireKey(request: Request, access: Access, keys: SandboxKeys): void {
  if (access === "page") return;
  const given = basicName(request.headers.get("authorization"));
  const isSecret = given !== null && same(given, keys.secretKey);
  const isPublic = given !== null && same(given, keys.publicKey);
  if (access === "secret" && isPublic) {
    throw new ApiError(403, "REQUEST_FORBIDDEN_ERROR", "API key is forbidden to perform this request");
  }
  if (access === "secret" ? !isSecret : !isPublic) {
    throw new ApiError(401, "INVALID_API_KEY", "API key is not authorized for this API");
  }
}

function basicName(header: string | null): string | null {
  const [, encoded] = /^Basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(header ?? "") ?? [];
  return encoded ? (Buffer.from(encoded, "base64").toString("utf8").split(":")[0] ?? null) : null;
}

function errorResponse(error: ApiError): Response {
  const { errorCode, message, errors } = error;
  const body = { error_code: errorCode, message, errors: errors?.map((one) => ({ ...one })) };
  const headers = { "content-type": "application/json; charset=utf-8" };
  return new Response(jsonText(body), { status: error.status, headers });
}

/** Open to every page, and worth nothing without the public key: no cookie is ever read. */
const corsHeaders = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Request-ID" } as const;

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders,
      "Access-Control-Allow-Methods": "POST, OPTIONS",
      "Access-Control-Allow-Headers": "Authorization, Content-Type, api-version",
      "Access-Control-Max-Age": "600",
    },
  });
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
