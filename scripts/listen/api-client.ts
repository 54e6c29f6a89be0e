import { setTimeout as wait } from "node:timers/promises";

/** Paydesk says no, and would say no again. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Nobody answers, or not as Paydesk does: trying again may help. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

interface ClientOptions {
  readonly server: URL;
  readonly token: string;
  /** Said once when Paydesk stops answering, and once when it answers again. */
  readonly onSilence: (isSilent: boolean, why: string) => void;
}

interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 40_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

export type ApiClient = ReturnType<typeof createApiClient>;

/** Calls of Paydesk's API. `once` throws what went wrong; `untilAnswered` goes on through restarts until it is told. */
export function createApiClient({ server, token, onSilence }: ClientOptions) {
  async function once(call: Call): Promise<unknown> {
    const response = await answerTo(call);
    const text = await response.text().catch((error: unknown) => {
      throw new Unanswered(reasonOf(error));
    });
    if (response.ok) return jsonOf(text);
    const { code, message } = errorOf(text);
    const retryAfter = Number(response.headers.get("retry-after"));
    if (response.status >= 500 || response.status === 429) {
      const pause = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter * 1_000 : null;
      throw new Unanswered(`it answered ${response.status}`, pause);
    }
    throw new Refused(response.status, code, message ?? `It answered ${response.status}.`);
  }

  async function answerTo({ method, path, body, signal }: Call): Promise<Response> {
    const headers = {
      Authorization: `Bearer ${token}`,
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    };
    try {
      return await fetch(new URL(path, server), {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
    } catch (error) {
      throw new Unanswered(reasonOf(error));
    }
  }

  async function untilAnswered(call: Call): Promise<unknown> {
    for (let failures = 0; ; failures++) {
      try {
        const answer = await once(call);
        if (failures > 0) onSilence(false, "");
        return answer;
      } catch (error) {
        if (!(error instanceof Unanswered) || call.signal.aborted) throw error;
        if (failures === 0) onSilence(true, error.message);
        const pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
        await wait(Math.max(pause, error.retryAfterMs ?? 0), undefined, { signal: call.signal });
      }
    }
  }

  return { once, untilAnswered };
}

/** `ECONNREFUSED` stands in the cause of what `fetch` throws. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error.name === "TimeoutError" ? "no answer in time" : error.message;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unanswered("the answer is no JSON");
  }
}

function errorOf(text: string): { code: string; message: string | null } {
  try {
    const { error } = JSON.parse(text);
    return { code: String(error.code), message: String(error.message) };
  } catch {
    return { code: "unknown", message: null };
  }
}
