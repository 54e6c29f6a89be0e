import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { DAY, MINUTE, toIso } from "~/lib/time.ts";
import type { MissingWebhook } from "~/xendit/projection.ts";
import type { Silence } from "./silence.ts";

/** What the radar looks for, as data. */
export interface RadarKind {
  readonly kind: MissingWebhook;
  /** A payment younger than this may still hear: Xendit retries at once, and a card request lapses after ten minutes (FACTS 2.4). */
  readonly grace: number;
  readonly title: string;
  readonly about: string;
}

export const RADAR_KINDS: readonly RadarKind[] = [
  {
    kind: "payment_webhook",
    grace: 15 * MINUTE,
    title: "No payment webhook",
    about: "Completed or decided, as a session webhook or Xendit's API says; no payment webhook told of it.",
  },
  {
    kind: "session_webhook",
    grace: 15 * MINUTE,
    title: "No session webhook",
    about: "Paid or held through a session, and no session webhook told of that.",
  },
  {
    kind: "outcome",
    grace: 10 * MINUTE,
    title: "No outcome",
    about: "Still waiting, or known only by what the browser handed back. A card request lapses after ten minutes.",
  },
];

/** How far back the radar looks; older losses are history. */
export const RADAR_SPAN = 30 * DAY;
/** Payments named for each kind. */
export const NAMED = 5;
/** Counted exactly up to here. */
export const COUNTED = 100;

export interface MissingPayment {
  readonly paymentRequestId: string;
  readonly referenceId: string | null;
  readonly status: string;
  readonly currency: string | null;
  readonly amountMinor: number | null;
  readonly amountRaw: string | null;
  readonly at: number;
  /** When Xendit was last asked about it. */
  readonly checkedAt: number | null;
}

export interface RadarFinding {
  readonly kind: MissingWebhook;
  /** Exact up to `COUNTED`; one more means "more than that". */
  readonly count: number;
  /** Those nobody has asked about, the oldest first, then the others. */
  readonly payments: readonly MissingPayment[];
  /** The list of all of them. */
  readonly href: string;
}

export interface Radar {
  readonly environment: Environment;
  readonly now: number;
  /** One for each kind, in order, those with nothing to find too. */
  readonly findings: readonly RadarFinding[];
  readonly silence: Silence;
}

/** `3`, `100`, `more than 100`. */
export function radarFigure(count: number): string {
  return count > COUNTED ? `more than ${COUNTED}` : String(count);
}

export function isCalm({ findings, silence }: Radar): boolean {
  return silence.kind !== "silent" && findings.every(({ count }) => count === 0);
}

/** The payments list with the radar's own filter: the same span, the same grace. */
export function missingHref({ kind, grace }: RadarKind, environment: Environment, now: number): string {
  const span = { from: toIso(now - RADAR_SPAN), to: toIso(now - grace) };
  return withParams(paths.payments(), { missing: kind, ...span, environment });
}
