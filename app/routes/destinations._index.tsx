import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AddDestinationPanel } from "~/components/destinations/add-destination-panel.tsx";
import { DestinationTable } from "~/components/destinations/destination-table.tsx";
import { Page } from "~/components/ui/page.tsx";
import { addDestination } from "~/domain/destinations/add-destination.server.ts";
import { destinationRefusals, refusalField } from "~/domain/destinations/destination.ts";
import { AddDestinationForm } from "~/domain/destinations/destination-form.ts";
import { destinationPolicy } from "~/domain/destinations/destination-policy.server.ts";
import { listDestinations } from "~/domain/destinations/destination-queries.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Destinations · Paydesk" }];

/** A URL can be a secret of its own, so only those who may send to it see it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "replays:send");
  const [destinations, policy] = await Promise.all([
    listDestinations(context.db, operator.scope),
    destinationPolicy(context.db, context.config),
  ]);
  return {
    destinations,
    allowsLoopback: policy.allowLoopback,
    canWrite: operator.can("destinations:write"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "destinations:write");
  const form = await request.formData();
  const parsed = parseForm(AddDestinationForm, form);
  if (!parsed.ok) return data(parsed, { status: 400 });
  const result = await addDestination(context.db, {
    ...parsed.value,
    config: context.config,
    operator,
    now: new Date(),
  });
  if (!result.ok) {
    const text = result.detail ?? destinationRefusals[result.refusal];
    return data(refuseForm(form, { [refusalField[result.refusal]]: text }), { status: 409 });
  }
  return redirectWithToast(paths.destinations(), { tone: "good", text: `Added ${parsed.value.name}` }, context);
}

export default function DestinationsPage() {
  const { destinations, allowsLoopback, canWrite } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page
      title="Destinations"
      subtitle="URLs that stored webhooks may be sent to again: your staging system, a colleague's machine, a second consumer."
    >
      <div className="flex flex-col gap-4">
        <DestinationTable destinations={destinations} />
        {canWrite && (
          // A new key empties the fields after one was added.
          <AddDestinationPanel
            key={destinations.length}
            allowsLoopback={allowsLoopback}
            errors={refused?.errors ?? {}}
            values={refused?.values ?? {}}
          />
        )}
      </div>
    </Page>
  );
}
