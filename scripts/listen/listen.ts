import {
  API_PATHS,
  type EventsPage,
  type ListenedEvent,
  type StartedListen,
} from "../../app/domain/listen/listen-api.ts";
import { newId } from "../../app/lib/ids.ts";
import { type ApiClient, createApiClient, Refused, Unanswered } from "./api-client.ts";
import { deliver } from "./deliver.ts";
import { inLanes } from "./lanes.ts";
import type { Options } from "./options.ts";
import { createReporter } from "./reporter.ts";
import type { Screen } from "./screen.ts";

const WAIT_SECONDS = 25;
/** After Ctrl-C, what is under way gets this long to be answered, and Paydesk as long to be told. */
const GRACE_MS = 2_000;

interface Run {
  readonly options: Options;
  readonly screen: Screen;
  /** Aborted by Ctrl-C. */
  readonly stopping: AbortSignal;
}

/** Listens until it is stopped or has nothing more to do. The answer is the exit code. */
export async function listen({ options, screen, stopping }: Run): Promise<number> {
  const cut = afterGrace(stopping);
  const client = createApiClient({ ...options, onSilence: (isSilent, why) => screen.say(silence(isSilent, why)) });
  let started: StartedListen;
  try {
    started = (await client.once(startCall(options, stopping))) as StartedListen;
  } catch (error) {
    if (stopping.aborted) return 0;
    screen.say(`Not started: ${explain(error, options)}`);
    return 1;
  }
  screen.begun(started, options);

  const tally = { delivered: 0, failed: 0, left_out: 0 };
  const reporter = createReporter(client, { listenId: started.id, signal: cut });
  const onEvent = async (event: ListenedEvent) => {
    const tries = event.left_out === null ? await deliver({ event, options, stopping, cut }) : [];
    // Stopped before anybody answered: nothing is known of it, and nothing is told.
    if (event.left_out === null && tries.length === 0) return;
    const isDelivered = tries.at(-1)?.outcome.startsWith("2") ?? false;
    tally[event.left_out !== null ? "left_out" : isDelivered ? "delivered" : "failed"]++;
    screen.result(event, tries);
    reporter.add({ id: newId("delivery"), event_id: event.id, tries: [...tries] });
  };

  let why = "Ended.";
  let code = 0;
  try {
    await follow(client, { started, options, screen, stopping }, async (events) => {
      const keyOf = (event: ListenedEvent) => event.payment_request_id ?? event.primary_id ?? event.id;
      await inLanes(events, { concurrency: options.concurrency, keyOf, stopping }, onEvent);
      await reporter.drained();
    });
    if (!stopping.aborted && tally.failed > 0) code = 1;
  } catch (error) {
    if (!stopping.aborted) {
      why = `Ended: ${explain(error, options)}`;
      code = 1;
    }
  }
  await endRun(client, { started, reporter, cut: AbortSignal.any([cut, AbortSignal.timeout(2 * GRACE_MS)]) });
  screen.ended(tally, why);
  return code;
}

/** Page after page, each only when the one before is delivered and told: the cursor never runs ahead of the target. */
async function follow(
  client: ApiClient,
  { started, options, screen, stopping }: Run & { readonly started: StartedListen },
  onPage: (events: readonly ListenedEvent[]) => Promise<void>,
): Promise<void> {
  let cursor = started.after;
  let wasPaused = false;
  while (!stopping.aborted) {
    const isBackfill = Number(cursor) < Number(started.up_to);
    if (options.exitsAfterBackfill && !isBackfill) return;
    const path = eventsPath(started, options, cursor);
    const page = (await client.untilAnswered({ method: "GET", path, signal: stopping })) as EventsPage;
    if (page.is_paused !== wasPaused) {
      wasPaused = page.is_paused;
      screen.say(wasPaused ? "Paused in Paydesk." : "Resumed in Paydesk.");
    }
    await onPage(page.events);
    cursor = page.cursor;
  }
}

function startCall({ to, since, until, types, payment, environment }: Options, signal: AbortSignal) {
  const body = {
    target: to.href,
    types,
    key: crypto.randomUUID(),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
    ...(payment === null ? {} : { payment }),
    ...(environment === null ? {} : { environment }),
  };
  return { method: "POST" as const, path: API_PATHS.listen, body, signal };
}

function eventsPath({ id, environment, since, until }: StartedListen, { types, payment }: Options, cursor: string) {
  const params = new URLSearchParams({ environment, after: cursor, listen: id, wait: String(WAIT_SECONDS) });
  for (const type of types) params.append("type", type);
  if (since !== null) params.set("since", since);
  if (until !== null) params.set("until", until);
  if (payment !== null) params.set("payment", payment);
  return `${API_PATHS.events}?${params}`;
}

async function endRun(
  client: ApiClient,
  { started, reporter, cut }: { started: StartedListen; reporter: { drained(): Promise<void> }; cut: AbortSignal },
): Promise<void> {
  // Paydesk ends a silent run by itself: not being able to say goodbye is no failure.
  await reporter.drained().catch(() => {});
  await client.once({ method: "POST", path: API_PATHS.end(started.id), body: {}, signal: cut }).catch(() => {});
}

function silence(isSilent: boolean, why: string): string {
  return isSilent ? `Paydesk does not answer (${why}); trying again.` : "Paydesk answers again.";
}

function explain(error: unknown, { server }: Pick<Options, "server">): string {
  if (error instanceof Unanswered) return `Paydesk at ${server.origin} does not answer (${error.message}).`;
  if (error instanceof Refused) return error.message;
  throw error;
}

function afterGrace(stopping: AbortSignal): AbortSignal {
  const cut = new AbortController();
  stopping.addEventListener("abort", () => setTimeout(() => cut.abort(), GRACE_MS).unref());
  return cut.signal;
}
