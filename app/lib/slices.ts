/** Long work in slices, one loop for each name. */
export interface Slices {
  /** Runs `slice` again and again while it answers true. A name that is being worked on is left to it. */
  run(name: string, slice: () => Promise<boolean>): void;
  /** Resolves once the slices that are under way ended. */
  idle(): Promise<void>;
}

export function createSlices(options: {
  readonly stopping: AbortSignal;
  /** After each slice: what it made may be work for others. */
  readonly onSlice: () => void;
  readonly onError: (error: unknown) => void;
}): Slices {
  const { stopping, onSlice, onError } = options;
  const running = new Map<string, Promise<void>>();

  async function work(name: string, slice: () => Promise<boolean>): Promise<void> {
    try {
      let hasMore = true;
      while (hasMore && !stopping.aborted) {
        hasMore = await slice();
        if (hasMore) onSlice();
      }
      running.delete(name);
      onSlice();
    } catch (error) {
      // Whoever looks next begins again: at once would be a loop of failures.
      running.delete(name);
      onError(error);
    }
  }

  return {
    run(name, slice) {
      if (!running.has(name) && !stopping.aborted) running.set(name, work(name, slice));
    },
    idle: async () => {
      await Promise.all(running.values());
    },
  };
}
