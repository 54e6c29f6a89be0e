import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useRefresh } from "~/components/live/use-refresh.ts";
import { ForwardState, QueueFacts } from "~/components/tail/forward-facts.tsx";
import { TurnOffForm, TurnOnForm } from "~/components/tail/forward-forms.tsx";
import { ForwardRules } from "~/components/tail/forward-rules.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { findDestination } from "~/domain/destinations/destination-queries.server.ts";
import { forwardRefusals } from "~/domain/forward/forward-form.ts";
import { findForwardTarget } from "~/domain/forward/plan-forward.server.ts";
import { readForward } from "~/domain/forward/read-forward.server.ts";
import { turnForward } from "~/domain/forward/turn-forward-form.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data: found }) => [
  { title: `Forward to ${found?.forward.name ?? "a destination"} · Paydesk` },
];

export async function loader({ request, params, context: { db, config } }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context: { db, config } }, "replays:send");
  const destinationId = params.destinationId ?? "";
  const destination = await findDestination(db, operator.scope, destinationId);
  const forward = destination && (await readForward(db, operator.scope, destinationId));
  if (!forward) throw new Response("Not found", { status: 404 });
  const target = await findForwardTarget(db, operator, destinationId);
  return { forward, refusal: target.ok ? null : forwardRefusals[target.refusal] };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "destinations:write");
  const destinationId = params.destinationId ?? "";
  const seen = await findDestination(context.db, operator.scope, destinationId);
  if (!seen) throw new Response("Not found", { status: 404 });
  const end = await turnForward(context.db, await request.formData(), { destinationId, operator, now: new Date() });
  if (!end.ok) return data(end, { status: end.status });
  context.signals.ring("forward");
  context.signals.ring("deliveries");
  return redirectWithToast(paths.destinationForward(destinationId), { tone: "good", text: end.text }, context);
}

export default function ForwardPage() {
  const { forward, refusal } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const errors = refused?.errors ?? {};
  useFocusError(refused ?? null);
  useRefresh(forward.queues.length > 0);
  return (
    <Page
      narrow
      title={`Forward to ${forward.name}`}
      subtitle="Every new webhook goes to this destination as it arrives, once. Nothing is lost while it is away: the queue waits."
      back={
        <Link to={paths.destination(forward.destinationId)} className="link">
          {forward.name}
        </Link>
      }
      actions={<ForwardState forward={forward} />}
    >
      {errors.form && <Notice tone="bad" title={errors.form} urgent />}
      {refusal && <Notice tone="unknown" title={refusal} />}
      <div className="flex flex-col gap-4">
        {forward.queues.map((queue) => (
          <Panel key={queue.replayId} title={`Queue in ${environmentLabel[queue.environment].toLowerCase()}`}>
            <QueueFacts queue={queue} />
          </Panel>
        ))}
        <ForwardRules forward={forward} />
        {!refusal && !forward.forwards && (
          <TurnOnForm
            forward={forward}
            errors={errors}
            values={refused?.values ?? {}}
            stored={refused?.stored ?? null}
          />
        )}
        {!refusal && forward.forwards && <TurnOffForm forward={forward} errors={errors} />}
      </div>
    </Page>
  );
}
