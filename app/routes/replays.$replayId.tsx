import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { DeliveryList } from "~/components/replays/delivery-list.tsx";
import { ReplayMoves } from "~/components/replays/replay-moves.tsx";
import { ReplaySummary } from "~/components/replays/replay-summary.tsx";
import { destinationName, replayTitle } from "~/components/replays/replay-table.tsx";
import { useRefresh } from "~/components/replays/use-refresh.ts";
import { Page } from "~/components/ui/page.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { listDeliveries } from "~/domain/replays/delivery-queries.server.ts";
import { moveReplay } from "~/domain/replays/move-replay.server.ts";
import { replayMoves, replayRefusals } from "~/domain/replays/replay.ts";
import { MoveReplayForm } from "~/domain/replays/replay-form.ts";
import { findReplay } from "~/domain/replays/replay-queries.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Replay · Paydesk" }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const replay = await findReplay(context.db, operator.scope, params.replayId ?? "");
  if (!replay) throw new Response("Not found", { status: 404 });
  const page = await listDeliveries(context.db, operator.scope, {
    replayId: replay.replayId,
    state: null,
    cursor: null,
  });
  const deliveries = page?.rows ?? [];
  const moves = operator.can("replays:send", replay.environment) ? replayMoves[replay.state] : [];
  return { replay, deliveries, moves };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "replays:send");
  const replayId = params.replayId ?? "";
  const parsed = parseForm(MoveReplayForm, await request.formData());
  if (!parsed.ok) throw new Response("This form was not understood.", { status: 400 });
  const result = await moveReplay(context.db, { replayId, move: parsed.value.intent, operator, now: new Date() });
  if (!result.ok) {
    if (result.refusal === "replay_not_found") throw new Response("Not found", { status: 404 });
    return redirectWithToast(paths.replay(replayId), { tone: "look", text: replayRefusals[result.refusal] }, context);
  }
  context.signals.ring("deliveries");
  const text = { stop: "Replay stopped", resume: "Replay resumed", cancel: "Replay cancelled" }[parsed.value.intent];
  return redirectWithToast(paths.replay(replayId), { tone: "good", text }, context);
}

export default function ReplayPage() {
  const { replay, deliveries, moves } = useLoaderData<typeof loader>();
  useRefresh(replay.state === "running");
  return (
    <Page
      title={replay.kind === "send" ? `Replay to ${destinationName(replay)}` : replayTitle(replay)}
      back={<Link to={withParams(paths.replays(), { environment: replay.environment })}>Replays</Link>}
      environment={replay.environment}
      actions={<ReplayMoves moves={moves} waiting={replay.counts.waiting} />}
    >
      <div className="flex flex-col gap-4">
        <ReplaySummary replay={replay} />
        <DeliveryList deliveries={deliveries} replay={replay} />
      </div>
    </Page>
  );
}
