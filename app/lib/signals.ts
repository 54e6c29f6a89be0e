/** Names of the things background work waits for. */
export type SignalName = "sandbox-webhooks" | "deliveries" | "forward" | "polls" | "lab" | "imports" | "reconciliation";

/** A tiny in-process bell. Losing a ring is harmless: every listener also looks by itself from time to time. */
export interface Signals {
  ring(name: SignalName): void;
  on(name: SignalName, listener: () => void): () => void;
}

export function createSignals(): Signals {
  const listeners = new Map<SignalName, Set<() => void>>();
  return {
    ring(name) {
      for (const listener of listeners.get(name) ?? []) listener();
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  };
}
