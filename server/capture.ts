import type { IncomingMessage, ServerResponse } from "node:http";
import type { Arrival, Database } from "../app/db.server.ts";
import { LAB_HEADER } from "../app/domain/lab/lab.ts";
import { FORWARD_HEADER, REPLAY_HEADER } from "../app/domain/replays/replay.ts";
import { isCardDataName } from "../app/xendit/card-data.ts";
import { maskText } from "../app/xendit/mask.ts";
import type { ActiveToken, CallbackTokens } from "./callback-tokens.ts";
import { decodeBody } from "./decode-body.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import { readBody } from "./read-body.ts";
import { closeAfterAnswer, sendError, sendJson } from "./respond.ts";

/** The door for webhooks (DESIGN 3). It stands before Remix, so that a page being drawn never delays a `200`. */
export const CAPTURE_PATH = "/webhooks/xendit";
const MAX_BODY = 1024 * 1024;
const BODY_TIMEOUT_MS = 10_000;
const RETRY_AFTER_SECONDS = "5";
/** Refusals being written at one moment. Beyond it they are only counted: a flood of strangers must not fill the writer. */
const MAX_REFUSALS_IN_FLIGHT = 32;

/** Never stored: the first three are secrets, the last two somebody's sign-in (RULES 2). */
const DROPPED_HEADERS = new Set(["authorization", "proxy-authorization", "x-callback-token", "cookie", "cookie2"]);

export interface CaptureOptions {
  readonly db: Pick<Database, "capture" | "refuse">;
  readonly tokens: Pick<CallbackTokens, "match">;
  readonly logger: Pick<Logger, "error" | "warn">;
  readonly metrics: Pick<Metrics, "captured" | "refused" | "notStored">;
  readonly bodyTimeoutMs?: number;
}

export interface From {
  readonly address: string;
  readonly requestId: string;
}

export type Capture = (request: IncomingMessage, response: ServerResponse, from: From) => Promise<void>;

export function createCapture(options: CaptureOptions): Capture {
  const refuse = refusalKeeper(options);

  return async function capture(request, response, from) {
    if (request.method !== "POST") {
      closeAfterAnswer(request, response);
      const message = "Webhooks are sent here with POST.";
      return sendError(response, 405, { code: "method_not_allowed", message }, { Allow: "POST" });
    }
    const token = options.tokens.match(header(request, "x-callback-token"));
    const refused = (status: number, code: string, message: string, size: number | null) => {
      closeAfterAnswer(request, response);
      sendError(response, status, { code, message });
      return refuse({ reason: code, size, address: from.address, refusedAt: Date.now() });
    };

    const timeoutMs = options.bodyTimeoutMs ?? BODY_TIMEOUT_MS;
    const read = await readBody(request, { limit: MAX_BODY, timeoutMs, keep: token !== null });
    if (!read.ok && read.reason === "too_large") {
      return refused(413, "body_too_large", "A webhook has 1 MiB at most.", read.size);
    }
    if (!token) {
      return refused(401, tokenProblem(request), "x-callback-token is missing or not one of ours.", read.size);
    }
    if (!read.ok) return refused(408, `body_${read.reason}`, "The body did not come in time.", read.size);
    const decoded = await decodeBody(read.bytes, header(request, "content-encoding"), MAX_BODY);
    if (decoded.ok) return store(options, request, response, { token, bytes: decoded.bytes, from });
    if (decoded.reason === "too_large") {
      return refused(413, "body_too_large", "A webhook has 1 MiB at most.", read.size);
    }
    return refused(415, "body_undecodable", "The body is not what its Content-Encoding says.", read.size);
  };
}

async function store(
  { db, logger, metrics }: CaptureOptions,
  request: IncomingMessage,
  response: ServerResponse,
  { token, bytes, from }: { token: ActiveToken; bytes: Buffer; from: From },
): Promise<void> {
  const startedAt = performance.now();
  try {
    const captured = await db.capture(arrivalOf(request, { token, bytes, from }));
    metrics.captured(token.environment, captured, (performance.now() - startedAt) / 1000);
    sendJson(response, 200, {
      received: true,
      event_id: captured.eventId,
      duplicate: captured.duplicate,
      quarantined: captured.quarantined,
    });
  } catch (error) {
    metrics.notStored();
    logger.error({ err: error, requestId: from.requestId, size: bytes.length }, "a webhook could not be stored");
    const message = "The webhook could not be stored. Send it again.";
    sendError(response, 503, { code: "not_stored", message }, { "Retry-After": RETRY_AFTER_SECONDS });
  }
}

/** Each says that a webhook left a desk like this one: it is never sent on. */
const OWN_HEADERS = [REPLAY_HEADER, FORWARD_HEADER, LAB_HEADER].map((name) => name.toLowerCase());

function arrivalOf(
  request: IncomingMessage,
  { token, bytes, from }: { token: ActiveToken; bytes: Buffer; from: From },
): Arrival {
  const replayHeader = OWN_HEADERS.map((name) => header(request, name)).find((value) => value !== undefined);
  return {
    environment: token.environment,
    bytes,
    headers: storedHeaders(request.rawHeaders),
    webhookId: maskText(header(request, "webhook-id")?.trim() ?? "") || null,
    tokenLabel: token.label,
    address: from.address,
    replayHeader: replayHeader === undefined ? null : maskText(replayHeader),
    receivedAt: Date.now(),
  };
}

/** Lower-cased, in order of arrival, without what RULES 2 drops and without card data. */
export function storedHeaders(raw: readonly string[]): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? "";
    if (!DROPPED_HEADERS.has(name) && !isCardDataName(name)) pairs.push([name, maskText(raw[index + 1] ?? "")]);
  }
  return pairs;
}

function tokenProblem(request: IncomingMessage): string {
  return header(request, "x-callback-token") ? "wrong_token" : "missing_token";
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

type Refusal = Parameters<Database["refuse"]>[0];

function refusalKeeper({ db, logger, metrics }: CaptureOptions): (refusal: Refusal) => Promise<void> {
  let inFlight = 0;
  return async (refusal) => {
    metrics.refused(refusal.reason);
    if (inFlight >= MAX_REFUSALS_IN_FLIGHT) return;
    inFlight += 1;
    try {
      await db.refuse(refusal);
    } catch (error) {
      logger.warn({ err: error, reason: refusal.reason }, "a refused webhook could not be noted");
    } finally {
      inFlight -= 1;
    }
  };
}
