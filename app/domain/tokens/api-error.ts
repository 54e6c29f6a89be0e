/** Errors of the API: JSON always, never a page and never a way to the sign-in. The same shape as the server's own. */

export type ApiErrorCode =
  | "not_found"
  | "method_not_allowed"
  | "invalid_request"
  | "token_missing"
  | "token_invalid"
  | "not_allowed"
  | "too_many_failures"
  | "listen_not_found"
  | "listen_cancelled"
  | "event_not_found";

const statusOf: Record<ApiErrorCode, number> = {
  not_found: 404,
  method_not_allowed: 405,
  invalid_request: 400,
  token_missing: 401,
  token_invalid: 401,
  not_allowed: 403,
  too_many_failures: 429,
  listen_not_found: 404,
  listen_cancelled: 409,
  event_not_found: 404,
};

export function apiError(code: ApiErrorCode, message: string, headers: Record<string, string> = {}): Response {
  const status = statusOf[code];
  const asked: Record<string, string> = status === 401 ? { "WWW-Authenticate": 'Bearer realm="Paydesk"' } : {};
  return Response.json(
    { error: { type: "invalid_request_error", code, message } },
    { status, headers: { "Cache-Control": "no-store", ...asked, ...headers } },
  );
}

export function apiAnswer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
