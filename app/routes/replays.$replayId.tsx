import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Download } from "lucide-react";
import { useRefresh } from "~/components/live/use-refresh.ts";
import { BreakerNotice } from "~/components/replays/breaker-notice.tsx";
import { DeliveryList } from "~/components/replays/delivery-list.tsx";
import { ReplayFacts } from "~/components/replays/replay-facts.tsx";
import { ReplayMoves } from "~/components/replays/replay-moves.tsx";
import { ReplayOutcomes } from "~/components/replays/replay-outcomes.tsx";
import { ReplayProgressPanel } from "~/components/replays/replay-progress.tsx";
import { isMovable, replayHeading } from "~/components/replays/replay-words.ts";
import { buttonClass } from "~/components/ui/button.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { destinationRefusals, mayChange } from "~/domain/destinations/destination.ts";
import { findDestination } from "~/domain/destinations/destination-queries.server.ts";
import { closeBreaker } from "~/domain/destinations/switch-destination.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readDeliveryFilter } from "~/domain/replays/delivery-filter.ts";
import { listDeliveries } from "~/domain/replays/delivery-queries.server.ts";
import { moveReplay } from "~/domain/replays/move-replay.server.ts";
import { replayMoves, replayRefusals } from "~/domain/replays/replay.ts";
import { MoveReplayForm } from "~/domain/replays/replay-form.ts";
import { readProgress } from "~/domain/replays/replay-progress.server.ts";
import { findReplay } from "~/domain/replays/replay-queries.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? replayHeading(data.replay) : "Replay"} · Paydesk` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { db } = context;
  const replay = await findReplay(db, operator.scope, params.replayId ?? "");
  if (!replay) throw new Response("Not found", { status: 404 });
  const { replayId, destinationId, environment } = replay;
  const { cursor, ...filter } = readDeliveryFilter(new URL(request.url).searchParams);
  const readAt = Date.now();
  const [progress, page, destination] = await Promise.all([
    readProgress(db, operator.scope, { replayId, now: readAt }),
    listDeliveries(db, operator.scope, { replayId, ...filter, cursor }),
    destinationId === null ? null : findDestination(db, operator.scope, destinationId),
  ]);
  if (!progress || !page) throw new Response("Not found", { status: 404 });
  const moves = replay.kind === "reprocess" ? "webhooks:reprocess" : "replays:send";
  return {
    replay,
    progress,
    page,
    filter,
    readAt,
    moves: isMovable(replay) && operator.can(moves, environment) ? replayMoves[progress.state] : [],
    canExport: operator.can("export:csv", environment),
    // Its URL may be a secret of its own: only those who may send to it are led to it.
    canSeeDestination: destination !== null && operator.can("replays:send"),
    breaker: destination && {
      name: destination.name,
      breaker: destination.breaker,
      lastOutcome: destination.lastOutcome,
      canTry: mayChange(operator, { createdBy: destination.createdBy.operatorId }),
    },
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = parseForm(MoveReplayForm, await request.formData());
  if (form.ok && form.value.intent === "try-now") return tryNow({ request, params, context });
  const { db, signals } = context;
  const replayId = params.replayId ?? "";
  const reader = await requireOperator({ request, context }, "payments:read");
  const replay = await findReplay(db, reader.scope, replayId);
  const operator = await requireOperator(
    { request, context },
    replay?.kind === "reprocess" ? "webhooks:reprocess" : "replays:send",
  );
  if (!form.ok || form.value.intent === "try-now") {
    throw new Response("This form was not understood.", { status: 400 });
  }
  if (!replay) throw new Response("Not found", { status: 404 });
  // What forwards is turned on and off where it is set up.
  if (!isMovable(replay)) throw new Response("Forwarding is turned off at its destination.", { status: 409 });
  const { intent } = form.value;
  const result = await moveReplay(db, { replayId, move: intent, operator, now: new Date() });
  if (!result.ok) {
    if (result.refusal === "replay_not_found") throw new Response("Not found", { status: 404 });
    return redirectWithToast(paths.replay(replayId), { tone: "look", text: replayRefusals[result.refusal] }, context);
  }
  signals.ring("deliveries");
  const text = { stop: "Replay paused", resume: "Replay resumed", cancel: "Replay cancelled" }[intent];
  return redirectWithToast(paths.replay(replayId), { tone: "good", text }, context);
}

/** Closes the destination's breaker: what waits goes out at once, and the first failures open it again. */
async function tryNow({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "destinations:write");
  const replay = await findReplay(context.db, operator.scope, params.replayId ?? "");
  if (!replay?.destinationId) throw new Response("Not found", { status: 404 });
  const { destinationId, replayId } = replay;
  const closed = await closeBreaker(context.db, { destinationId, operator, now: new Date() });
  if (!closed.ok) {
    const text = destinationRefusals[closed.refusal];
    return redirectWithToast(paths.replay(replayId), { tone: "look", text }, context);
  }
  context.signals.ring("deliveries");
  return redirectWithToast(paths.replay(replayId), { tone: "waiting", text: "Trying now" }, context);
}

export default function ReplayPage() {
  const { replay, progress, page, filter, readAt, breaker, ...may } = useLoaderData<typeof loader>();
  const { state, counts } = progress;
  const isUnderWay = state === "running" || state === "planned" || (state === "cancelled" && counts.waiting > 0);
  useRefresh(isUnderWay);
  const isHeld = isUnderWay && breaker !== null && breaker.breaker.breakerOpenedAt !== null;
  return (
    <Page
      title={replayHeading(replay)}
      back={<Link to={withParams(paths.replays(), { environment: replay.environment })}>Replays</Link>}
      environment={replay.environment}
      actions={
        <>
          {may.canExport && (
            <a href={paths.replayResults(replay.replayId)} download className={buttonClass({})}>
              <Download size={14} aria-hidden /> Export CSV
            </a>
          )}
          <ReplayMoves
            moves={may.moves}
            kind={replay.kind}
            waiting={replay.total - counts.delivered - counts.failed - counts.left_out}
          />
        </>
      }
    >
      {isHeld && <BreakerNotice {...breaker} readAt={readAt} />}
      {!isHeld && progress.waitsFor && <Notice tone="look" title={progress.waitsFor} />}
      {/* In one column what went wrong stands before the list of every event. */}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
        <ReplayProgressPanel replay={replay} progress={progress} readAt={readAt} />
        <div className="flex min-w-0 flex-col gap-4 lg:row-span-2">
          <ReplayOutcomes replayId={replay.replayId} progress={progress} />
          <ReplayFacts replay={replay} canSee={may.canSeeDestination} />
        </div>
        <DeliveryList page={page} replay={replay} counts={counts} filter={filter} />
      </div>
    </Page>
  );
}
