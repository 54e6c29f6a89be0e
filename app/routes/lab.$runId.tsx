import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { RequestList } from "~/components/lab/request-list.tsx";
import { RunActions } from "~/components/lab/run-actions.tsx";
import { RunFacts } from "~/components/lab/run-facts.tsx";
import { Scoreboard } from "~/components/lab/scoreboard.tsx";
import { useFollow } from "~/components/sessions/use-follow.ts";
import { Page } from "~/components/ui/page.tsx";
import { cancelLabRun } from "~/domain/lab/change-lab-run.server.ts";
import { ChangeLabForm, labRefusals } from "~/domain/lab/lab-form.ts";
import { findLabRun } from "~/domain/lab/lab-queries.server.ts";
import { scoreOf, scoreText, timingOf } from "~/domain/lab/scoreboard.ts";
import { endpointOf } from "~/domain/lab/start-lab-run.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Fault lab: ${loaded?.run.endpoint ?? "run"} · Paydesk` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read", "sandbox");
  const found = await findLabRun(context.db, operator.scope, params.runId ?? "");
  if (!found) throw new Response("Not found", { status: 404 });
  const canRun = operator.can("destinations:write", "sandbox");
  const { probeUrl, shareKey: _, ...run } = found;
  return {
    // The whole probe URL goes only to those who may run it again, as the form's hidden field.
    run: { ...run, probeUrl: canRun ? probeUrl : null, shareKey: null },
    probe: probeUrl && endpointOf(probeUrl),
    canRun,
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "destinations:write", "sandbox");
  const runId = params.runId ?? "";
  const parsed = parseForm(ChangeLabForm, await request.formData());
  if (!parsed.ok || parsed.value.intent !== "cancel") {
    throw new Response("This form was not understood.", { status: 400 });
  }
  if (!(await findLabRun(context.db, operator.scope, runId))) throw new Response("Not found", { status: 404 });
  const result = await cancelLabRun(context.db, { runId, operator, now: new Date() });
  context.signals.ring("lab");
  const toast = result.ok
    ? ({ tone: "good", text: "Run cancelled. What was found out stays." } as const)
    : ({ tone: "look", text: labRefusals[result.refusal] } as const);
  return redirectWithToast(paths.labRun(runId), toast, context);
}

export default function LabRunPage() {
  const { run, probe, canRun } = useLoaderData<typeof loader>();
  const isRunning = run.state === "running";
  useFollow(!isRunning);
  const score = scoreOf(run.findings);
  const answered = run.requests.filter(({ about }) => !about.startsWith("probe: "));
  return (
    <Page
      title="Fault lab run"
      subtitle={isRunning ? "Scenarios are being played. Points fill in as they end." : `${scoreText(score)}.`}
      back={<Link to={paths.lab()}>Fault lab</Link>}
      environment="sandbox"
      actions={<RunActions run={run} canRun={canRun} />}
    >
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Scoreboard score={score} isRunning={isRunning} />
          <RequestList scenarios={run.scenarios} requests={run.requests} />
        </div>
        <RunFacts run={run} timing={timingOf(answered)} probe={probe} />
      </div>
    </Page>
  );
}
