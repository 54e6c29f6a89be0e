import type { Database } from "../app/db.server.ts";
import type { Background } from "./background.ts";

interface FoldAgain {
  readonly db: Database;
  readonly say: (line: string) => void;
  readonly onError: (error: unknown) => void;
  readonly onDone?: () => void;
}

/** Folds everything again beside captures and pages, in slices. Stopped halfway, the next start begins anew. */
export function startFoldingAgain({ db, say, onError, onDone }: FoldAgain): Background {
  const stopping = new AbortController();
  say("This version reads payments further than the last one did: folding what is stored again, in the background");
  const done = db
    .rebuild(() => stopping.signal.throwIfAborted())
    .then(({ observations }) => {
      say(`Folded ${observations.toLocaleString("en")} observations again`);
      onDone?.();
    })
    .catch((error: unknown) => stopping.signal.aborted || onError(error));
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}
