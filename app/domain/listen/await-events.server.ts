import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import { SECOND } from "~/lib/time.ts";
import { apiError } from "../tokens/api-error.ts";
import { stillHolds, type TokenHolder } from "../tokens/require-token.server.ts";
import { resumeListen } from "./end-listen.server.ts";
import { findListen } from "./find-listen.server.ts";
import type { EventsPage } from "./listen-api.ts";
import { type AskedEvents, readEvents } from "./read-events.server.ts";

/** A burst of arrivals is one look. */
const GATHER_MS = 40;
/** How soon a revoked token, a changed role or a stopped run is noticed by who waits. */
const LOOK_AGAIN_MS = 3 * SECOND;

interface Awaited {
  readonly request: Request;
  readonly context: Pick<AppContext, "db" | "address">;
  readonly holder: TokenHolder;
  readonly asked: AskedEvents;
  /** The run they are asked for; `null` when for none. */
  readonly listenId: string | null;
  readonly waitMs: number;
}

/**
 * The next events, at once or as soon as there are any. Whoever waits is looked at anew before each look: an answer must
 * not reach a token that was revoked meanwhile.
 */
export async function awaitEvents({ request, context, holder, asked, listenId, waitMs }: Awaited): Promise<EventsPage> {
  const { db } = context;
  const until = Date.now() + waitMs;
  const bell = listenForChanges(db, request.signal);
  let cursor = asked.after;
  let current = holder;
  try {
    for (;;) {
      const isPaused = listenId !== null && (await isRunPaused(db, current, listenId));
      const page = isPaused
        ? { events: [], cursor: String(cursor), has_more: false, left_out: 0 }
        : await readEvents(db, current.operator.scope, { ...asked, after: cursor });
      const left = until - Date.now();
      const isEmpty = page.events.length === 0 && !page.has_more;
      if (!isEmpty || left <= 0 || request.signal.aborted) return { ...page, is_paused: isPaused };
      cursor = Number(page.cursor);
      await bell.rung(Math.min(left, LOOK_AGAIN_MS));
      current = await recheck(request, context, asked);
    }
  } finally {
    bell.stop();
  }
}

async function recheck(request: Request, context: Awaited["context"], asked: AskedEvents): Promise<TokenHolder> {
  const holder = await stillHolds({ request, context }, "replays:bulk");
  if (!holder) throw apiError("token_invalid", "This access token has expired or was revoked.");
  if (!holder.operator.can("replays:bulk", asked.environment)) {
    throw apiError(
      "not_allowed",
      `The role of ${holder.operator.email} no longer allows this in ${asked.environment}.`,
    );
  }
  return holder;
}

async function isRunPaused(db: Database, { operator }: TokenHolder, listenId: string): Promise<boolean> {
  const listen = await findListen(db, operator, listenId);
  if (!listen) throw apiError("listen_not_found", "This run is not here.");
  if (listen.state === "cancelled") throw apiError("listen_cancelled", "This run was cancelled in Paydesk.");
  if (listen.state === "finished") await resumeListen(db, listen);
  return listen.state === "paused";
}

/** Rings that come while nobody waits are not lost. */
function listenForChanges(db: Database, gone: AbortSignal) {
  let isRung = false;
  let wake: (() => void) | null = null;
  const ring = () => {
    isRung = true;
    wake?.();
  };
  const forget = db.onChange((changes) => {
    if (!isRung && changes.length > 0) setTimeout(ring, GATHER_MS);
  });
  gone.addEventListener("abort", ring);
  return {
    async rung(atMostMs: number): Promise<void> {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, atMostMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isRung = false;
      wake = null;
    },
    stop() {
      forget();
      gone.removeEventListener("abort", ring);
    },
  };
}
