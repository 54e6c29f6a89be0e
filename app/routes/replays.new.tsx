import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { PlanConfirm } from "~/components/replays/plan-confirm.tsx";
import { PlanFigures, PlanSummary } from "~/components/replays/plan-summary.tsx";
import { PlanTarget } from "~/components/replays/plan-target.tsx";
import { PlannedEvents } from "~/components/replays/planned-events.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { orderReplay } from "~/domain/replays/order-replay.server.ts";
import { planReplay } from "~/domain/replays/plan-replay.server.ts";
import { replayRefusals } from "~/domain/replays/replay.ts";
import { NewReplayForm } from "~/domain/replays/replay-form.ts";
import { environmentOf, HERE, readReplayRequest } from "~/domain/replays/replay-request.ts";
import { listTargets, settleTarget } from "~/domain/replays/replay-targets.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

export const meta: MetaFunction = () => [{ title: "New replay · Paydesk" }];

/** The plan: which webhooks (`event`, `payment` or `list`), where to (`destination`), whether again (`again`). Nothing happens yet. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = readReplayRequest(new URL(request.url).searchParams);
  const operator = await requireOperator(
    { request, context },
    asked.target === HERE ? "webhooks:reprocess" : "replays:send",
  );
  const { selection, includesDelivered } = asked;
  if (selection === null) return redirect(paths.webhooks());

  const targets = await listTargets(context.db, operator.scope, { environment: environmentOf(selection) });
  const target = settleTarget(asked.target, targets);
  if (target === null) throw new Response("Not found", { status: 404 });
  const planned = await planReplay(context.db, operator.scope, {
    selection,
    destinationId: target === HERE ? null : target,
    includesDelivered,
    zone: operator.preferences.zone ?? DEFAULT_ZONE,
  });
  if (!planned.ok && planned.refusal === "event_not_found") throw new Response("Not found", { status: 404 });
  return {
    selection,
    targets,
    target,
    includesDelivered,
    plan: planned.ok ? planned.value : null,
    problem: planned.ok ? null : { title: replayRefusals[planned.refusal], detail: planned.detail ?? null },
    replayKey: crypto.randomUUID(),
    canBulk: planned.ok && operator.can("replays:bulk", planned.value.environment),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const { selection, target, includesDelivered } = readReplayRequest(form);
  const isSending = target !== HERE;
  const operator = await requireOperator({ request, context }, isSending ? "replays:send" : "webhooks:reprocess");
  const parsed = parseForm(NewReplayForm, form);
  if (!parsed.ok || selection === null || target === null) {
    return data(refuseForm(form, { form: "This form was not understood. Nothing was ordered." }), { status: 400 });
  }
  const targets = await listTargets(context.db, operator.scope, { environment: null });
  if (settleTarget(target, targets) === null) {
    return data(refuseForm(form, { form: replayRefusals.destination_not_found }), { status: 409 });
  }
  const ordered = await orderReplay(context.db, {
    ...parsed.value,
    selection,
    destinationId: isSending ? target : null,
    includesDelivered,
    zone: operator.preferences.zone ?? DEFAULT_ZONE,
    operator,
    now: new Date(),
  });
  if (!ordered.ok) {
    if (ordered.refusal === "event_not_found") throw new Response("Not found", { status: 404 });
    const field = ordered.refusal === "not_confirmed" ? "confirmation" : "form";
    return data(refuseForm(form, { [field]: replayRefusals[ordered.refusal] }), { status: 409 });
  }
  // Short or long, its own page tells how far it is: the runner takes it from here.
  context.signals.ring("deliveries");
  const text = isSending ? "Replay ordered" : "Processing again";
  return redirectWithToast(paths.replay(ordered.value.replayId), { tone: "waiting", text }, context);
}

export default function NewReplayPage() {
  const { plan, problem, targets, target, canBulk, replayKey, ...asked } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const isPlanning = useNavigation().state !== "idle";
  useFocusError(refused);
  const environment = plan?.environment ?? environmentOf(asked.selection) ?? undefined;
  return (
    <Page
      title="New replay"
      subtitle="Exactly what would happen. Nothing happens before it is confirmed."
      back={<Link to={withParams(paths.replays(), { environment })}>Replays</Link>}
      environment={environment}
    >
      {refused?.errors.form && <Notice tone="bad" title={refused.errors.form} urgent />}
      {problem && (
        <Notice tone="bad" title={problem.title} urgent>
          {problem.detail}
        </Notice>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]" aria-busy={isPlanning}>
        <div className="flex min-w-0 flex-col gap-4">
          <PlanTarget
            {...asked}
            targets={targets}
            target={target}
            destinationName={plan?.destination?.name ?? null}
            alreadyDelivered={plan?.leftOut.already_delivered ?? null}
          />
          {plan && (
            <>
              <PlanSummary plan={plan} selection={asked.selection} />
              {plan.waitsFor && plan.toSend > 0 && (
                <Notice tone="look" title={plan.waitsFor}>
                  The replay can be ordered now; it waits until then.
                </Notice>
              )}
              <PlanConfirm
                {...{ plan, canBulk, replayKey, ...asked }}
                errors={refused?.errors ?? {}}
                values={refused?.values ?? {}}
              />
            </>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">{plan && plan.selected > 0 && <PlanFigures plan={plan} />}</div>
      </div>
      <div className="mt-4">{plan && <PlannedEvents plan={plan} />}</div>
    </Page>
  );
}
