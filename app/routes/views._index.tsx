import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Empty } from "~/components/ui/empty.tsx";
import { Page } from "~/components/ui/page.tsx";
import { SaveViewFields } from "~/components/views/save-view-form.tsx";
import { ViewList } from "~/components/views/view-list.tsx";
import { LISTS } from "~/domain/lists/list-columns.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { changeView } from "~/domain/views/change-view.server.ts";
import { saveView } from "~/domain/views/save-view.server.ts";
import { canShareViews, ViewForm, type ViewRefusal, viewRefusalField, viewRefusals } from "~/domain/views/view.ts";
import { listViews } from "~/domain/views/view-queries.server.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { type FieldValues, parseForm, refuseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Saved views · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  return { views: await listViews(context.db, operator), canShare: canShareViews(operator.role) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const form = await request.formData();
  const parsed = parseForm(ViewForm, form);
  if (!parsed.ok) return data(parsed, { status: 400 });
  const now = new Date();
  const refuse = (refusal: ViewRefusal) =>
    data(refuseForm(form, { [viewRefusalField[refusal]]: viewRefusals[refusal] }), { status: 409 });

  if (parsed.value.intent === "save") {
    const { name, shared } = parsed.value;
    const saved = await saveView(context.db, { ...parsed.value, operator, now });
    if (!saved.ok) return refuse(saved.refusal);
    const text = shared ? `Saved and shared ${name}` : `Saved ${name}`;
    return redirectWithToast(paths.view(saved.value.viewId), { tone: "good", text }, context);
  }
  const changed = await changeView(context.db, { change: parsed.value, operator, now });
  if (!changed.ok) return refuse(changed.refusal);
  const { name, viewId, shared } = changed.value;
  const done = {
    rename: { text: `Renamed to ${name}`, to: paths.views() },
    share: { text: shared ? `Shared ${name}` : `${name} is only yours`, to: paths.views() },
    update: { text: `Updated ${name}`, to: paths.view(viewId) },
    delete: { text: `Deleted ${name}`, to: paths.views() },
  }[parsed.value.intent];
  return redirectWithToast(done.to, { tone: "good", text: done.text }, context);
}

const titles = { payments: "Payments", sessions: "Sessions", webhooks: "Webhooks" } as const;

export default function ViewsPage() {
  const { views, canShare } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() ?? null;
  const lists = LISTS.filter((list) => views.some((view) => view.list === list));
  return (
    <Page title="Saved views" subtitle="Filters of a list under a name, each with a link of its own." narrow>
      <div className="flex flex-col gap-5">
        {refused?.values.intent === "save" && <SaveAgain {...refused} canShare={canShare} />}
        {lists.map((list) => (
          <section key={list}>
            <h2 className="mb-2 font-semibold">{titles[list]}</h2>
            <ViewList
              label={`Views of ${list}`}
              views={views.filter((view) => view.list === list)}
              canShare={canShare}
              refused={refused}
            />
          </section>
        ))}
        {views.length === 0 && (
          <div className="rounded-md border border-line bg-surface">
            <Empty kind="nothing-yet" title="No saved views yet">
              Filter a list, then keep it under a name with Views above the table.
            </Empty>
          </div>
        )}
      </div>
    </Page>
  );
}

/** A view that could not be saved from its list's menu, when the browser runs no scripts. */
function SaveAgain({ values, errors, canShare }: { values: FieldValues; errors: FieldValues; canShare: boolean }) {
  const list = LISTS.find((one) => one === values.list);
  const { environment, search = "" } = values;
  if (!list || !isEnvironment(environment)) return null;
  return (
    <Form method="post" className="flex max-w-[420px] flex-col gap-2.5 rounded-md border border-line bg-surface p-4">
      <SaveViewFields {...{ list, environment, canShare, search, values, errors }} />
    </Form>
  );
}
