import type { ReplayState } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";

/** How a destination's forwarding stands, for its panel. Browser-safe. */
export interface Forward {
  readonly destinationId: string;
  readonly name: string;
  readonly forwards: boolean;
  /** Whether the destination itself is switched on. */
  readonly isOn: boolean;
  readonly inOrder: boolean;
  /** What it takes, within what its maker may write for and what the operator may see. */
  readonly environments: readonly Environment[];
  /** `null` is every one. */
  readonly eventTypes: readonly string[] | null;
  /** One an environment while it forwards; after it was turned off, those that still have something to send. */
  readonly queues: readonly ForwardQueue[];
  /** Whether any of the queues is late. */
  readonly isLate: boolean;
}

export interface ForwardQueue {
  readonly environment: Environment;
  readonly replayId: string;
  readonly state: ReplayState;
  readonly orderedAt: number;
  /** Events received before are not part of it; `null` where it began with what came next. */
  readonly from: number | null;
  /** Everything ever put into it. */
  readonly total: number;
  readonly waiting: CappedCount;
  readonly failed: CappedCount;
  readonly leftOut: CappedCount;
  /** When the oldest event that waits arrived; `null` when none does. */
  readonly oldestWaitingAt: number | null;
  /** How long that has been kept waiting, in milliseconds; 0 when nothing waits. */
  readonly lagMs: number;
  /** The latest event delivered, and how long after its arrival that was. */
  readonly lastDelivered: { readonly at: number; readonly delayMs: number } | null;
}

/** Counted up to a limit: beyond it the figure says no more. */
export interface CappedCount {
  readonly count: number;
  readonly isMore: boolean;
}

/** `1,204`, `10,000+`. */
export function cappedText({ count, isMore }: CappedCount): string {
  return `${count.toLocaleString("en")}${isMore ? "+" : ""}`;
}

/** What was delivered, where the other counts are whole; `null` where they are not. */
export function deliveredOf({ total, waiting, failed, leftOut }: ForwardQueue): number | null {
  const others = [waiting, failed, leftOut];
  if (others.some(({ isMore }) => isMore)) return null;
  return Math.max(0, total - others.reduce((sum, { count }) => sum + count, 0));
}
