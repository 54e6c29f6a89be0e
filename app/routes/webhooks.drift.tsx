import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Empty } from "~/components/ui/empty.tsx";
import { Page } from "~/components/ui/page.tsx";
import { DriftList } from "~/components/webhooks/drift-list.tsx";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { acknowledgeDrift } from "~/domain/webhooks/drift/acknowledge-drift.server.ts";
import { listDrift } from "~/domain/webhooks/drift/list-drift.server.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Schema drift · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const asked = new URL(request.url).searchParams.get("environment");
  const environment = settleEnvironment(
    isEnvironment(asked) ? asked : null,
    operator.scope,
    context.config.defaultEnvironment,
  );
  if (environment === null) throw new Response("Not found", { status: 404 });
  const notices = await listDrift(context.db, operator.scope, { environment });
  return { environment, notices, canAcknowledge: operator.can("webhooks:reprocess", environment) };
}

const AcknowledgeForm = z.object({ noticeId: z.string().min(1).max(80) });

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "webhooks:reprocess");
  const form = parseForm(AcknowledgeForm, await request.formData());
  if (!form.ok) return data(form, { status: 400 });
  const outcome = await acknowledgeDrift(context.db, { ...form.value, operator, now: new Date() });
  const toast =
    outcome === "acknowledged"
      ? ({ tone: "good", text: "Acknowledged" } as const)
      : ({ tone: "look", text: "It is not open any more" } as const);
  const { pathname, search } = new URL(request.url);
  return redirectWithToast(pathname + search, toast, context);
}

export default function DriftPage() {
  const { environment, notices, canAcknowledge } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Schema drift"
      subtitle="Fields that came, went or changed their type in incoming events, each said once. Bodies are kept as they came, whatever their fields."
      back={<Link to={withParams(paths.webhooks(), { environment })}>Webhooks</Link>}
      environment={environment}
    >
      {notices.length > 0 ? (
        <DriftList notices={notices} canAcknowledge={canAcknowledge} />
      ) : (
        <Empty kind="nothing-yet" title="No drift so far">
          Every kind of event is followed once fifty of it have arrived. What Xendit documents is no news when it first
          comes.
        </Empty>
      )}
    </Page>
  );
}
