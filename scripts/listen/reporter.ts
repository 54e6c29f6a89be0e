import { API_PATHS, MAX_RESULTS_A_BATCH, type SentListenResult } from "../../app/domain/listen/listen-api.ts";
import type { ApiClient } from "./api-client.ts";

/** Small enough that Paydesk shows results as they come, and one request holds them with their answers. */
const BATCH = Math.min(20, MAX_RESULTS_A_BATCH);

/** Tells Paydesk what became of each event, in order, while the next ones are delivered. */
export function createReporter(client: ApiClient, { listenId, signal }: { listenId: string; signal: AbortSignal }) {
  const waiting: SentListenResult[] = [];
  let sending: Promise<void> | null = null;
  let failure: unknown = null;

  async function send(): Promise<void> {
    while (waiting.length > 0) {
      const results = waiting.slice(0, BATCH);
      // The same ids again after a lost answer: Paydesk keeps each once.
      await client.untilAnswered({ method: "POST", path: API_PATHS.results(listenId), body: { results }, signal });
      waiting.splice(0, results.length);
    }
  }

  return {
    add(result: SentListenResult): void {
      waiting.push(result);
      sending ??= send()
        .catch((error: unknown) => {
          failure = error;
        })
        .finally(() => {
          sending = null;
        });
    },
    /** Everything is told, or why it cannot be. */
    async drained(): Promise<void> {
      while (sending) await sending;
      if (failure !== null) throw failure;
    },
  };
}
