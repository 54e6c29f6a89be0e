import { z } from "zod";
import { ENVIRONMENTS, type Environment } from "~/lib/environment.ts";
import { OWN_PREFIXES } from "~/lib/ids.ts";
import type { LeftOutReason } from "../replays/replay.ts";
import { parseSince } from "./since.ts";

/** What `npm run listen` and this desk say to each other, as JSON. Pure: the program on the other machine reads it too. */

export const API_PATHS = {
  events: "/api/v1/events",
  listen: "/api/v1/listen",
  results: (listenId: string) => `/api/v1/listen/${encodeURIComponent(listenId)}/results`,
  end: (listenId: string) => `/api/v1/listen/${encodeURIComponent(listenId)}/end`,
} as const;

export const MAX_EVENTS_A_PAGE = 100;
/** Longer than this, proxies begin to cut. */
export const MAX_WAIT_SECONDS = 25;
export const MAX_RESULTS_A_BATCH = 50;
export const MAX_TRIES = 10;

/** `payment.capture`, or `payment.*` for every type that begins so. */
const eventType = z
  .string()
  .regex(
    /^[\w.() -]{1,80}$|^[\w.]{1,78}\.\*$/,
    "A type is written as it arrives: payment.capture, or payment.* for all of them.",
  );
const paymentRequestId = z.string().regex(/^pr-[\w-]{1,77}$/, "A payment is named by its pr- id.");
const moment = z
  .string()
  .transform((text) => parseSince(text, Date.now()))
  .refine((at) => at !== null, "Write 30m, 2h, 7d, or an ISO instant such as 2026-05-04T00:00:00Z.");
const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/, `A whole number up to ${most}.`)
    .transform(Number)
    .refine((value) => value <= most, `A whole number up to ${most}.`);
const id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-f-]{36}$`), `An id is ${prefix} and a UUID.`);

/** Search params of `GET /api/v1/events`. */
export const EventsQuery = z.object({
  environment: z.enum(ENVIRONMENTS).optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, "This is no cursor of ours.")
    .transform(Number)
    .optional(),
  since: moment.optional(),
  until: moment.optional(),
  type: z.array(eventType).max(50),
  payment: paymentRequestId.optional(),
  limit: whole(MAX_EVENTS_A_PAGE)
    .refine((value) => value >= 1, "At least 1.")
    .optional(),
  wait: whole(MAX_WAIT_SECONDS).optional(),
  listen: id(OWN_PREFIXES.replay).optional(),
});
export type EventsQuery = z.output<typeof EventsQuery>;

/** Body of `POST /api/v1/listen`. */
export const StartListen = z.object({
  environment: z.enum(ENVIRONMENTS).optional(),
  /** For show: this desk never connects to it. */
  target: z.url({ protocol: /^https?$/, error: "Where to: an http or https URL." }).max(2_000),
  since: moment.optional(),
  until: moment.optional(),
  types: z.array(eventType).max(50).default([]),
  payment: paymentRequestId.optional(),
  /** Said again after a lost answer, it is the same run. */
  key: z.uuid(),
});
export type StartListen = z.output<typeof StartListen>;

export interface StartedListen {
  readonly id: string;
  readonly environment: Environment;
  readonly operator: string;
  /** Where it is shown. */
  readonly url: string;
  /** Cursor to begin after, and the newest there was: what lies between is the backfill. */
  readonly after: string;
  readonly up_to: string;
  /** ISO; `null` when only what arrives from now on was asked for. */
  readonly since: string | null;
  readonly until: string | null;
}

export interface ListenedEvent {
  readonly id: string;
  readonly type: string;
  readonly environment: Environment;
  readonly payment_request_id: string | null;
  readonly primary_id: string | null;
  /** ISO. */
  readonly first_received_at: string;
  /** Those worth sending on: `content-type`, `webhook-id`. */
  readonly headers: readonly (readonly [string, string])[];
  /** The stored bytes; `null` when it stays here. */
  readonly body_base64: string | null;
  readonly left_out: LeftOutReason | null;
}

export interface EventsPage {
  /** In order of capture. */
  readonly events: readonly ListenedEvent[];
  readonly cursor: string;
  readonly has_more: boolean;
  /** Of the events, how many stay here. */
  readonly left_out: number;
  /** Of the run that was named: somebody may have stopped it in Paydesk. */
  readonly is_paused: boolean;
}

const iso = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const ReportedTry = z.object({
  id: id(OWN_PREFIXES.attempt),
  at: iso,
  /** The HTTP status, or what happened instead. */
  outcome: z.union([z.string().regex(/^[1-5]\d\d$/), z.enum(["timeout", "refused"])]),
  latency_ms: z.number().int().min(0).max(3_600_000),
  response_excerpt: z.string().max(4_096).nullable(),
  response_type: z.string().max(200).nullable(),
  error: z.string().max(500).nullable(),
});

/** What became of one event. Without a try it was left out. */
export const ListenResult = z.object({
  id: id(OWN_PREFIXES.delivery),
  event_id: id(OWN_PREFIXES.event),
  tries: z.array(ReportedTry).max(MAX_TRIES),
});
export type ListenResult = z.output<typeof ListenResult>;
export type SentListenResult = z.input<typeof ListenResult>;

/** Body of `POST /api/v1/listen/:id/results`. */
export const ListenResults = z.object({ results: z.array(ListenResult).min(1).max(MAX_RESULTS_A_BATCH) });

/** "types.0: A type is …" */
export function problemOf(error: z.ZodError): string {
  return error.issues.map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": ")).join(" · ");
}
