import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createXenditClient } from "~/xendit/api-client.server.ts";
import { apiError, apiErrorWords, KNOWN_API_ERROR_CODES } from "~/xendit/api-errors.ts";

const XENDIT = "https://api.xendit.co";
const SECRET = "xnd_development_a-secret-key-nobody-may-see";
const SESSION = "ps-6746c1006b7752b4d91725af";

const xendit = setupServer();
beforeAll(() => xendit.listen({ onUnhandledRequest: "error" }));
afterEach(() => xendit.resetHandlers());
afterAll(() => xendit.close());

const aClient = (options: { timeoutMs?: number; maxWaitMs?: number } = {}) =>
  createXenditClient({ baseUrl: XENDIT, secretKey: SECRET, ...options });

const session = { payment_session_id: SESSION, status: "ACTIVE", expires_at: "2026-11-22T19:19:36.434Z" };

describe("a call to Xendit", () => {
  it("authenticates with the key as the name and an empty password", async () => {
    let authorization: string | null = null;
    xendit.use(
      http.get(`${XENDIT}/sessions/:id`, ({ request }) => {
        authorization = request.headers.get("authorization");
        return HttpResponse.json(session);
      }),
    );
    await aClient().getSession(SESSION);
    expect(authorization).toBe(`Basic ${btoa(`${SECRET}:`)}`);
  });

  it("names the api version on /v3 and nowhere else", async () => {
    const versions: (string | null)[] = [];
    const note = ({ request }: { request: Request }) => {
      versions.push(request.headers.get("api-version"));
      return HttpResponse.json({});
    };
    xendit.use(http.get(`${XENDIT}/sessions/:id`, note), http.get(`${XENDIT}/v3/payments/:id`, note));
    await aClient().getSession(SESSION);
    await aClient().getPayment("py-1");
    expect(versions).toEqual([null, "2024-11-11"]);
  });

  it("sends amounts by their digits and keeps the answer's bytes", async () => {
    let sent = "";
    const answered = '{"payment_session_id":"ps-1","amount":10000.10,"status":"ACTIVE"}';
    xendit.use(
      http.post(`${XENDIT}/sessions`, async ({ request }) => {
        sent = await request.text();
        return new HttpResponse(answered, { status: 201 });
      }),
    );
    const answer = await aClient().createSession('{"amount":10000.10}');
    expect(sent).toBe('{"amount":10000.10}');
    expect(answer.ok && new TextDecoder().decode(answer.bytes)).toBe(answered);
  });

  it("reads tolerantly: unknown fields, unknown values, ids as numbers, nothing at all", async () => {
    xendit.use(
      http.get(`${XENDIT}/sessions/:id`, () =>
        HttpResponse.json({ ...session, status: "FROZEN", payment_id: 12, expires_at: "soon", novelty: [{}] }),
      ),
      http.get(`${XENDIT}/v3/payment_requests/:id`, () => HttpResponse.json({})),
    );
    const read = await aClient().getSession(SESSION);
    expect(read.ok && read.body).toMatchObject({ status: "FROZEN", paymentId: "12", expiresAt: null });
    const empty = await aClient().getPaymentRequest("pr-1");
    expect(empty.ok && empty.body).toEqual({ paymentRequestId: null, status: null, latestPaymentId: null });
  });

  it("keeps the exchange with its Request-ID and without any key", async () => {
    const link = "https://redirect.xendit.co/authentications/1/render?api_key=xnd_public_development_abc";
    xendit.use(
      http.get(`${XENDIT}/v3/payment_requests/:id`, () =>
        HttpResponse.json({ actions: [{ value: link }] }, { headers: { "Request-ID": "req-7" } }),
      ),
    );
    const { exchange } = await aClient().getPaymentRequest("pr-1");
    expect(exchange).toMatchObject({
      method: "GET",
      path: "/v3/payment_requests/pr-1",
      status: 200,
      requestId: "req-7",
    });
    expect(JSON.stringify(exchange)).not.toMatch(/xnd_(development|public|production)_/);
    expect(exchange.response).toContain("authentications/1/render");
  });

  it("never follows a redirect with the key", async () => {
    xendit.use(
      http.get(`${XENDIT}/sessions/:id`, () =>
        HttpResponse.text("", { status: 302, headers: { location: "https://elsewhere.example/" } }),
      ),
    );
    const answer = await aClient().getSession(SESSION);
    expect(!answer.ok && answer.error.kind).toBe("unreadable");
  });

  it("puts ids into the path as one segment", async () => {
    let path = "";
    xendit.use(
      http.get(`${XENDIT}/v3/payments/*`, ({ request }) => {
        path = new URL(request.url).pathname;
        return HttpResponse.json({});
      }),
    );
    await aClient().getPayment("../../balance?x=1");
    expect(path).toBe("/v3/payments/..%2F..%2Fbalance%3Fx%3D1");
  });
});

describe("an error", () => {
  const failWith = (status: number, body: object | string) =>
    xendit.use(
      http.post(`${XENDIT}/sessions`, () =>
        typeof body === "string" ? new HttpResponse(body, { status }) : HttpResponse.json(body, { status }),
      ),
    );
  const error = async (options: { timeoutMs?: number } = {}) => {
    const answer = await aClient(options).createSession("{}");
    if (answer.ok) throw new Error("It should have failed.");
    return answer.error;
  };

  it("is put in plain words, with Xendit's own beside them and the fields it names", async () => {
    failWith(400, {
      error_code: "API_VALIDATION_ERROR",
      message: "request/body must have required property 'session_type'",
      errors: [{ path: "/body/session_type", message: "must have required property 'session_type'" }, "amount: odd", 7],
    });
    expect(await error()).toMatchObject({
      kind: "validation",
      errorCode: "API_VALIDATION_ERROR",
      message: apiErrorWords("API_VALIDATION_ERROR"),
      received: "request/body must have required property 'session_type'",
      fields: [
        { path: "/body/session_type", message: "must have required property 'session_type'" },
        { path: "", message: "amount: odd" },
      ],
    });
  });

  it.each([
    [401, "INVALID_API_KEY", "unauthorized"],
    [403, "UNAUTHORIZED_SENDER_IP", "forbidden"],
    [404, "NOT_FOUND", "not_found"],
    [409, "DUPLICATE_ERROR", "conflict"],
    [422, "INVALID_SESSION_STATUS", "validation"],
    [500, "SERVER_ERROR", "unavailable"],
  ])("with status %i and %s is of kind %s", async (status, errorCode, kind) => {
    failWith(status, { error_code: errorCode, message: "theirs" });
    expect(await error()).toMatchObject({ kind, errorCode, message: apiErrorWords(errorCode) });
  });

  it("with a code we have no words for repeats what Xendit said", async () => {
    failWith(400, { error_code: "BRAND_NEW", message: "Something we never saw" });
    expect((await error()).message).toContain("Something we never saw");
  });

  it("that is not JSON is still an error with its status", async () => {
    failWith(502, "<html>Bad gateway</html>");
    expect(await error()).toMatchObject({ kind: "unavailable", errorCode: null });
  });

  it("with a success status but no JSON object is unreadable", async () => {
    failWith(200, "OK");
    expect((await error()).kind).toBe("unreadable");
  });

  it("after the timeout says that the call may have worked", async () => {
    xendit.use(http.post(`${XENDIT}/sessions`, () => new Promise<never>(() => {})));
    const failed = await error({ timeoutMs: 30 });
    expect(failed.kind).toBe("timeout");
    expect(failed.message).toContain("not known");
  });

  it("when no connection was made says that nothing was sent", async () => {
    const client = createXenditClient({
      baseUrl: "http://127.0.0.1:1",
      secretKey: SECRET,
      fetch: (url) => Promise.reject(refusedConnection(String(url))),
    });
    const answer = await client.getSession(SESSION);
    expect(!answer.ok && answer.error).toMatchObject({ kind: "unreachable" });
    expect(!answer.ok && answer.error.message).toContain("nothing was sent");
  });

  it("has words of its own for every code of Xendit's documentation", () => {
    expect(KNOWN_API_ERROR_CODES.length).toBeGreaterThan(45);
    const words = KNOWN_API_ERROR_CODES.map((code) => apiError("refused", { errorCode: code }).message);
    expect(words.every((text) => text.length > 20 && text.endsWith("."))).toBe(true);
    expect(apiErrorWords("constructor")).toBeNull();
  });
});

describe("the rate limit", () => {
  const answers = (...given: (() => Response)[]) => {
    const served: number[] = [];
    xendit.use(
      http.get(`${XENDIT}/sessions/:id`, () => {
        served.push(Date.now());
        return given[Math.min(served.length, given.length) - 1]?.() ?? HttpResponse.json(session);
      }),
    );
    return served;
  };
  const limited = (reset: string) => () =>
    HttpResponse.json(
      { error_code: "RATE_LIMIT_EXCEEDED", message: "too many" },
      { status: 429, headers: { "Rate-Limit-Reset": reset } },
    );
  const lastOne = (reset: string) => () =>
    HttpResponse.json(session, { headers: { "Rate-Limit-Remaining": "0", "Rate-Limit-Reset": reset } });

  it("is told with the seconds to wait, rounded up", async () => {
    answers(limited("12.3"));
    const answer = await aClient().getSession(SESSION);
    expect(!answer.ok && answer.error.kind).toBe("rate_limited");
    expect(!answer.ok && answer.error.message).toMatch(/Try again in 13 s\.$/);
  });

  it("once reached, refuses further calls without sending them", async () => {
    const served = answers(lastOne("40"));
    const client = aClient();
    expect((await client.getSession(SESSION)).ok).toBe(true);
    const refused = await client.getSession(SESSION);
    expect(!refused.ok && refused.error).toMatchObject({ kind: "rate_limited" });
    expect(refused.exchange.status).toBeNull();
    expect(served).toHaveLength(1);
  });

  it("about to reset is waited for", async () => {
    const served = answers(lastOne("0.2"), () => HttpResponse.json(session));
    const client = aClient();
    await client.getSession(SESSION);
    expect((await client.getSession(SESSION)).ok).toBe(true);
    expect((served[1] ?? 0) - (served[0] ?? 0)).toBeGreaterThanOrEqual(150);
  });

  it("of one endpoint leaves the others open", async () => {
    answers(lastOne("40"));
    xendit.use(http.get(`${XENDIT}/v3/payments/:id`, () => HttpResponse.json({ payment_id: "py-1" })));
    const client = aClient();
    await client.getSession(SESSION);
    expect((await client.getPayment("py-1")).ok).toBe(true);
  });

  it("stops waiting when the caller gives up", async () => {
    answers(lastOne("2"));
    const client = aClient();
    await client.getSession(SESSION);
    const answer = await client.getSession(SESSION, { signal: AbortSignal.timeout(20) });
    expect(!answer.ok && answer.error.kind).toBe("aborted");
  });
});

function refusedConnection(url: string): TypeError {
  const cause = Object.assign(new Error(`connect ECONNREFUSED ${url}`), { code: "ECONNREFUSED" });
  return new TypeError("fetch failed", { cause });
}
