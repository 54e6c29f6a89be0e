/** Looks for work when told to, and from time to time by itself. */
export interface Lookout {
  /** Looks now, or once more after the look that is under way. */
  wake(): void;
  /** Resolves once the look that is under way ended. */
  idle(): Promise<void>;
}

/** One look at a time. Rings can be lost: nothing waits longer than `everyMs` for its turn. */
export function createLookout(options: {
  readonly look: () => Promise<void>;
  readonly everyMs: number;
  readonly stopping: AbortSignal;
  readonly onError: (error: unknown) => void;
}): Lookout {
  const { look, everyMs, stopping, onError } = options;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let again = false;

  function wake(): void {
    if (stopping.aborted) return;
    if (looking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    looking = look()
      .catch(onError)
      .finally(() => {
        looking = null;
        if (stopping.aborted) return;
        timer = setTimeout(wake, everyMs);
        if (!again) return;
        again = false;
        wake();
      });
  }

  stopping.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return {
    wake,
    idle: async () => {
      await looking;
    },
  };
}
