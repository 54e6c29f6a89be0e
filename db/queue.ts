import type { Change } from "./database.ts";
import { fromPlainError } from "./errors.ts";
import type { Job, JobKind, JobOf, JobReply, Jobs } from "./writer/jobs.ts";

/** Where batches of jobs are run: the writer worker, or this thread in tests. */
export interface JobRunner {
  run(jobs: readonly Job[]): Promise<readonly JobReply[]>;
}

export interface JobQueue {
  submit<Kind extends JobKind>(job: JobOf<Kind>, urgency?: "now" | "background"): Promise<Jobs[Kind]["value"]>;
  /** Continues what a token's news left to fold again. Nobody waits for it; what fails now is tried at the next start. */
  refold(): void;
  /** Resolves once nothing is waiting or running. */
  idle(): Promise<void>;
}

/** More would make the first of a batch wait too long for the last. */
const LARGEST_BATCH = 128;
/** After so many batches in a row a slice of background work gets its turn, or it would starve under load. */
const BATCHES_PER_SLICE = 4;

/**
 * Group commit: one batch is in flight, the next fills meanwhile. Slices of long work (rebuild, clearing) run between
 * batches, so a capture waits for one slice at most.
 */
export function createQueue(runner: JobRunner, emit: (changes: readonly Change[]) => void): JobQueue {
  const urgent: Waiting[] = [];
  const background: Waiting[] = [];
  const idlers: (() => void)[] = [];
  let running = false;
  let batchesSinceSlice = 0;

  function nextBatch(): Waiting[] {
    const sliceIsDue = background.length > 0 && (urgent.length === 0 || batchesSinceSlice >= BATCHES_PER_SLICE);
    batchesSinceSlice = sliceIsDue ? 0 : batchesSinceSlice + 1;
    return sliceIsDue ? background.splice(0, 1) : urgent.splice(0, LARGEST_BATCH);
  }

  async function drain(): Promise<void> {
    running = true;
    for (let batch = nextBatch(); batch.length > 0; batch = nextBatch()) settle(batch, await attempt(runner, batch));
    running = false;
    for (const resolve of idlers.splice(0)) resolve();
  }

  function settle(batch: readonly Waiting[], replies: readonly JobReply[]): void {
    for (const [place, { resolve, reject }] of batch.entries()) {
      const reply = replies[place] ?? {
        ok: false,
        error: { message: "The writer gave no answer", code: "STORE_LOST" },
      };
      if (!reply.ok) reject(fromPlainError(reply.error));
      else {
        resolve(reply.value);
        if (reply.refold) refold();
      }
    }
    const changes = replies.flatMap((reply) => (reply.ok ? reply.changes : []));
    if (changes.length > 0) emit(changes);
  }

  function refold(): void {
    if (background.some(({ job }) => job.kind === "refold")) return;
    submit({ kind: "refold", input: null }, "background").then(
      ({ left }) => left && refold(),
      () => {},
    );
  }

  function submit<Kind extends JobKind>(
    job: JobOf<Kind>,
    urgency: "now" | "background" = "now",
  ): Promise<Jobs[Kind]["value"]> {
    return new Promise((resolve, reject) => {
      const waiting = { job, resolve, reject } as unknown as Waiting;
      (urgency === "now" ? urgent : background).push(waiting);
      if (!running) void drain();
    });
  }

  return {
    submit,
    refold,
    idle: () => (running ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve()),
  };
}

interface Waiting {
  readonly job: Job;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

async function attempt(runner: JobRunner, batch: readonly Waiting[]): Promise<readonly JobReply[]> {
  try {
    return await runner.run(batch.map(({ job }) => job));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return batch.map(() => ({ ok: false, error: { message, code: "STORE_LOST" } }));
  }
}
