import type { CheckAnswer, Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import type { Scope } from "../../lib/scope.ts";
import { SECOND } from "../../lib/time.ts";
import {
  type PaymentAnswer,
  type PaymentRequestAnswer,
  readObject,
  type SessionAnswer,
  type TokenAnswer,
} from "../../xendit/api-answers.ts";
import type { ApiAnswer, CallOptions, XenditClient } from "../../xendit/api-client.server.ts";
import type { ApiErrorKind } from "../../xendit/api-errors.ts";
import type { CheckSubject } from "./check.ts";
import { NOT_FOUND_TEXT, readErrorText, UNREADABLE_TEXT } from "./read-errors.ts";

/** One check's calls. Each answers `null` when it brought nothing; `answers` tells how every one of them went. */
export interface Asking {
  session(id: string): Promise<SessionAnswer | null>;
  paymentRequest(id: string): Promise<PaymentRequestAnswer | null>;
  payment(id: string): Promise<PaymentAnswer | null>;
  token(id: string): Promise<TokenAnswer | null>;
  readonly answers: readonly CheckAnswer[];
}

export interface AskingOptions {
  readonly client: XenditClient;
  readonly environment: Environment;
  /** An answer about another business is as if Xendit did not know the id, and is not kept. */
  readonly scope: Scope;
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
}

/** For all calls together; a page is waiting. */
const DEADLINE = 20 * SECOND;
const MAX_CALLS = 8;

/** After these the next call would fare the same. */
const HOPELESS: ReadonlySet<ApiErrorKind> = new Set(["unauthorized", "unreachable", "timeout", "aborted"]);

/** Asks Xendit for one thing after the other and keeps what it answers, however the later calls go. */
export function beginAsking(db: Database, options: AskingOptions): Asking {
  const { client, environment } = options;
  const deadline = AbortSignal.timeout(options.deadlineMs ?? DEADLINE);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  const answers: CheckAnswer[] = [];
  let isHopeless = false;

  async function ask<Body>(
    subject: CheckSubject,
    id: string,
    call: (id: string, options: CallOptions) => Promise<ApiAnswer<Body>>,
  ): Promise<Body | null> {
    const isAsked = answers.some((one) => one.subject === subject && one.id === id);
    if (isHopeless || isAsked || answers.length >= MAX_CALLS) return null;
    const answer = await call(id, { signal });
    const { status, requestId, latencyMs } = answer.exchange;
    const known = { subject, id, status, requestId, latencyMs };
    if (!answer.ok) {
      isHopeless = HOPELESS.has(answer.error.kind);
      const message = readErrorText(answer.error, { isDeadline: deadline.aborted });
      answers.push({ ...known, ...NOTHING_KEPT, errorCode: answer.error.errorCode, message });
      return null;
    }
    const text = new TextDecoder().decode(answer.bytes);
    if (!text.includes(JSON.stringify(id))) {
      answers.push({ ...known, ...NOTHING_KEPT, errorCode: null, message: UNREADABLE_TEXT });
      return null;
    }
    if (!isWithin(options.scope, text)) {
      answers.push({ ...known, ...NOTHING_KEPT, ...AS_IF_UNKNOWN });
      return null;
    }
    const kept = await db.observe({ environment, source: "api", subject, bytes: answer.bytes, receivedAt: Date.now() });
    answers.push({ ...known, ...kept, errorCode: null, message: null });
    return answer.body;
  }

  return {
    answers,
    session: (id) => ask("session", id, client.getSession),
    paymentRequest: (id) => ask("payment_request", id, client.getPaymentRequest),
    payment: (id) => ask("payment", id, client.getPayment),
    token: (id) => ask("token", id, client.getToken),
  };
}

const NOTHING_KEPT = { observationId: null, observed: null } as const;

/** Absent and not yours answer alike. */
const AS_IF_UNKNOWN = { status: 404, errorCode: "DATA_NOT_FOUND", message: NOT_FOUND_TEXT, requestId: null } as const;

function isWithin({ businessIds }: Scope, text: string): boolean {
  const business = readObject(text)?.business_id;
  return businessIds === null || (typeof business === "string" && businessIds.includes(business));
}
