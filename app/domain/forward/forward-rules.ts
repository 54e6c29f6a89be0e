import type { Environment } from "~/lib/environment.ts";
import { MINUTE } from "~/lib/time.ts";
import type { EventState } from "~/xendit/projection.ts";
import { leftOutText } from "../replays/replay.ts";

/**
 * What forwarding sends, apart from any store: every event Xendit sent, once, as it came. Conflicts and events that are
 * only stored go too; a merchant's own system wants what Xendit sent, not what this desk made of it. Browser-safe.
 */

/** What a destination takes, already narrowed to what its maker may write for and see. */
export interface Wanted {
  readonly environments: readonly Environment[];
  /** `null` is every one. */
  readonly businessIds: readonly string[] | null;
  /** `null` is every one. */
  readonly eventTypes: readonly string[] | null;
}

export interface NewEvent {
  readonly environment: Environment;
  readonly businessId: string | null;
  readonly eventType: string;
  readonly state: EventState;
  readonly masked: boolean;
  readonly isExpunged: boolean;
  /** It arrived with our own header on it. */
  readonly cameFromReplay: boolean;
  /** This destination took it before, or it waits in a queue of forwarded events already. */
  readonly wasSent: boolean;
}

/** Not wanted leaves no trace; wanted and yet held back becomes a delivery that says why. */
export function isWanted(event: NewEvent, { environments, businessIds, eventTypes }: Wanted): boolean {
  if (!environments.includes(event.environment)) return false;
  if (eventTypes !== null && !eventTypes.includes(event.eventType)) return false;
  return businessIds === null || (event.businessId !== null && businessIds.includes(event.businessId));
}

/** Why a wanted event stays here, in the words of its delivery; `null` when it is sent. */
export function heldBack(event: NewEvent): string | null {
  if (event.isExpunged) return leftOutText.expunged;
  if (event.masked) return leftOutText.masked;
  if (event.cameFromReplay) return leftOutText.came_from_a_replay;
  if (event.state === "quarantined") return "Left out: it is quarantined; once it is put right, send it by hand";
  return event.wasSent ? leftOutText.already_delivered : null;
}

/** Of what still waited when forwarding was turned off and nothing more was to be sent. */
export const STOPPED_TEXT = "Left out: forwarding was turned off before its turn";

/** A queue whose oldest event has waited for longer calls for somebody to look. */
export const LATE_AFTER_MS = 15 * MINUTE;

/**
 * How long an event has been kept waiting, in milliseconds: since it arrived, or since forwarding was turned on for what
 * had arrived before.
 */
export function lagOf({ receivedAt, since, now }: { receivedAt: number; since: number; now: number }): number {
  return Math.max(0, now - Math.max(receivedAt, since));
}
