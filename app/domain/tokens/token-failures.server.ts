import type { Database } from "~/db.server.ts";
import { MINUTE } from "~/lib/time.ts";

/**
 * Wrong tokens by address. Nobody guesses 256 bits; what this keeps away is the noise of a program that does not stop. In
 * memory, because forgetting it at a restart costs nothing.
 */
export const MAX_TOKEN_FAILURES = 30;
export const FAILURE_WINDOW_MS = 15 * MINUTE;
const MAX_ADDRESSES = 10_000;

interface Failures {
  readonly since: number;
  readonly count: number;
}

const byStore = new WeakMap<Database, Map<string, Failures>>();

/** Milliseconds until the address is listened to again; `null` when it is. */
export function throttledFor(db: Database, address: string, now: number): number | null {
  const found = current(failuresOf(db).get(address), now);
  return found && found.count >= MAX_TOKEN_FAILURES ? found.since + FAILURE_WINDOW_MS - now : null;
}

export function countTokenFailure(db: Database, address: string, now: number): void {
  const failures = failuresOf(db);
  const found = current(failures.get(address), now);
  // The oldest makes room: a map of every address that ever failed would only grow.
  failures.delete(address);
  if (failures.size >= MAX_ADDRESSES) for (const oldest of [...failures.keys()].slice(0, 1)) failures.delete(oldest);
  failures.set(address, { since: found?.since ?? now, count: (found?.count ?? 0) + 1 });
}

function current(failures: Failures | undefined, now: number): Failures | null {
  return failures && failures.since + FAILURE_WINDOW_MS > now ? failures : null;
}

function failuresOf(db: Database): Map<string, Failures> {
  const known = byStore.get(db) ?? new Map<string, Failures>();
  byStore.set(db, known);
  return known;
}
