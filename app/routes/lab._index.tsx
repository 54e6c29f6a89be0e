import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { RunTable } from "~/components/lab/run-table.tsx";
import { StartForm } from "~/components/lab/start-form.tsx";
import { ButtonLink } from "~/components/ui/button.tsx";
import { Empty } from "~/components/ui/empty.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { listDestinations } from "~/domain/destinations/destination-queries.server.ts";
import { labRefusalField, labRefusals, StartLabForm } from "~/domain/lab/lab-form.ts";
import { listLabRuns } from "~/domain/lab/lab-queries.server.ts";
import { startLabRun } from "~/domain/lab/start-lab-run.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Fault lab · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read", "sandbox");
  if (!context.config.sandbox) throw new Response("Not found", { status: 404 });
  const canRun = operator.can("destinations:write", "sandbox");
  const [runs, destinations] = await Promise.all([
    listLabRuns(context.db, operator.scope),
    canRun ? listDestinations(context.db, operator.scope) : [],
  ]);
  const open = destinations.filter(({ isOn, environments }) => isOn && environments.includes("sandbox"));
  return { runs, canRun, destinations: open.map(({ destinationId, name }) => ({ destinationId, name })) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "destinations:write", "sandbox");
  const form = await request.formData();
  const parsed = parseForm(StartLabForm, form);
  if (!parsed.ok) return data(parsed, { status: 400 });
  const { config, db } = context;
  const result = await startLabRun(db, { ...parsed.value, config, operator, now: new Date() });
  if (!result.ok) {
    const text = result.detail ?? labRefusals[result.refusal];
    return data(refuseForm(form, { [labRefusalField[result.refusal]]: text }), { status: 409 });
  }
  context.signals.ring("lab");
  return redirectWithToast(paths.labRun(result.value.runId), { tone: "waiting", text: "The lab is running" }, context);
}

export default function LabPage() {
  const { runs, canRun, destinations } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useFocusError(refused);
  return (
    <Page
      title="Fault lab"
      subtitle="What a payment endpoint has to bear: late, repeated, reordered, forged, broken and missing webhooks. The scoreboard says how yours did, the certificate proves it."
      environment="sandbox"
    >
      <div className="flex flex-col gap-4">
        {canRun && destinations.length > 0 && (
          <StartForm destinations={destinations} errors={refused?.errors ?? {}} values={refused?.values ?? {}} />
        )}
        {canRun && destinations.length === 0 && <NoDestination />}
        <section aria-labelledby="runs-title">
          <h2 id="runs-title" className="mb-2 font-semibold">
            Runs
          </h2>
          <RunTable runs={runs} />
        </section>
      </div>
    </Page>
  );
}

function NoDestination() {
  return (
    <Panel title="Run the lab" id="run">
      <Empty
        kind="not-set-up"
        title="No destination to run against"
        action={<ButtonLink to={paths.destinations()}>Add a destination</ButtonLink>}
      >
        The lab sends to a destination that is on and takes sandbox events.
      </Empty>
    </Panel>
  );
}
