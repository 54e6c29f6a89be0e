import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PlanPanel } from "~/components/replays/plan-panel.tsx";
import { PlannedEvents } from "~/components/replays/planned-events.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { listDestinations } from "~/domain/destinations/destination-queries.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { orderReplay } from "~/domain/replays/order-replay.server.ts";
import { planReplay } from "~/domain/replays/plan-replay.server.ts";
import { replayRefusals } from "~/domain/replays/replay.ts";
import { NewReplayForm } from "~/domain/replays/replay-form.ts";
import { reprocessReplay } from "~/domain/replays/reprocess-replay.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "New replay · Paydesk" }];

/** The plan of a replay: `event` names the chosen webhooks, `destination` where they would go. Nothing happens yet. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "replays:send");
  const params = new URL(request.url).searchParams;
  const eventIds = params.getAll("event");
  if (eventIds.length === 0) return redirect(paths.webhooks());
  const destinations = await listDestinations(context.db);
  // A form that names none yet is asked for the first; planning alone sends nothing.
  const destinationId = params.get("destination") || (destinations[0]?.destinationId ?? null);
  const planned = await planReplay(context.db, operator.scope, { eventIds, destinationId });
  if (!planned.ok && planned.refusal === "event_not_found") throw new Response("Not found", { status: 404 });
  return {
    plan: planned.ok ? planned.value : null,
    problem: planned.ok ? null : replayRefusals[planned.refusal],
    destinations: destinations.map(({ destinationId, name }) => ({ destinationId, name })),
    replayKey: crypto.randomUUID(),
    canReprocess: planned.ok && operator.can("webhooks:reprocess", planned.value.environment),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const isSending = form.get("intent") !== "reprocess";
  const operator = await requireOperator({ request, context }, isSending ? "replays:send" : "webhooks:reprocess");
  const parsed = parseForm(NewReplayForm, form);
  if (!parsed.ok) return data({ problem: "This form was not understood." }, { status: 400 });

  const { event: eventIds, destinationId, idempotencyKey, skipDelivered } = parsed.value;
  if (isSending && destinationId === "")
    return data({ problem: replayRefusals.destination_not_found }, { status: 400 });
  const ordered = await orderReplay(context.db, {
    eventIds,
    destinationId: isSending ? destinationId : null,
    skipDelivered: skipDelivered !== undefined,
    idempotencyKey,
    operator,
    now: new Date(),
  });
  if (!ordered.ok) {
    if (ordered.refusal === "event_not_found") throw new Response("Not found", { status: 404 });
    return data({ problem: replayRefusals[ordered.refusal] }, { status: 409 });
  }
  const { replayId, plan } = ordered.value;
  if (isSending) context.signals.ring("deliveries");
  else await reprocessReplay(context.db, replayId, Date.now);
  const text = isSending ? `Sending to ${plan.destination?.name ?? "the destination"}` : "Processed again";
  return redirectWithToast(paths.replay(replayId), { tone: isSending ? "waiting" : "good", text }, context);
}

export default function NewReplayPage() {
  const { plan, problem, ...form } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>()?.problem ?? problem;
  return (
    <Page title="New replay" subtitle="What would be sent, exactly. Nothing is sent before it is confirmed.">
      {refused && <Notice tone="bad" title={refused} urgent />}
      {plan && (
        <div className="flex flex-col gap-4">
          <PlanPanel plan={plan} {...form} />
          <PlannedEvents events={plan.events} />
        </div>
      )}
    </Page>
  );
}
