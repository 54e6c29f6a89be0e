import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { AnswersNotice } from "~/components/reconciliation/answers-notice.tsx";
import { LoadHelp, LoadPreview } from "~/components/reconciliation/load-preview.tsx";
import { Button } from "~/components/ui/button.tsx";
import { Field, Input } from "~/components/ui/field.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { askedEnvironment } from "~/domain/reconciliation/asked-environment.ts";
import { applyLoad, previewLoad } from "~/domain/reconciliation/load-exceptions.server.ts";
import { loadRefusals } from "~/domain/reconciliation/load-plan.ts";
import { readConfirmed } from "~/domain/reconciliation/loaded-row.ts";
import { readExceptionSheet, sheetRefusals } from "~/domain/reconciliation/read-sheet.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Load resolutions · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:resolve");
  return { environment: askedEnvironment(request, operator, context.config) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:resolve");
  const environment = askedEnvironment(request, operator, context.config);
  const { db } = context;
  const can = (permission: Parameters<typeof operator.can>[0]) => operator.can(permission, environment);
  const order = { environment, operator, can, now: new Date() };
  const form = await request.formData();
  if (form.get("intent") === "confirm") {
    const rows = readConfirmed(String(form.get("rows") ?? ""));
    if (!rows) return refuse(loadRefusals.not_understood, 400);
    const { plan, answers } = await applyLoad(db, order, rows);
    const left = { ...plan, changes: [] };
    const isLeft = answers.refused.length + plan.changed.length + plan.problems.length > 0;
    if (isLeft) return data({ step: "done" as const, answers, plan: left, error: null, fileName: "" }, { status: 409 });
    const count = answers.done.length;
    const text = `${count.toLocaleString("en")} ${count === 1 ? "exception" : "exceptions"} changed`;
    return redirectWithToast(withParams(paths.exceptions(), { environment }), { tone: "good", text }, context);
  }
  const file = form.get("file");
  if (!(file instanceof File) || file.name === "") return refuse(loadRefusals.not_a_file, 400);
  const sheet = await readExceptionSheet(new Uint8Array(await file.arrayBuffer()));
  if (!sheet.ok) return refuse(sheetRefusals[sheet.refusal], 400);
  const plan = await previewLoad(db, order, sheet.value);
  if (!plan.ok) return refuse(loadRefusals[plan.refusal], 400);
  return data({ step: "preview" as const, answers: null, plan: plan.value, error: null, fileName: file.name });
}

function refuse(error: string, status: number) {
  return data({ step: "refused" as const, answers: null, plan: null, error, fileName: "" }, { status });
}

export default function LoadExceptionsPage() {
  const { environment } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const isReading = useNavigation().formData?.get("intent") === "preview";
  return (
    <Page
      title="Load resolutions"
      back={<Link to={withParams(paths.exceptions(), { environment })}>Exceptions</Link>}
      environment={environment}
    >
      {answered?.answers && <AnswersNotice answers={answered.answers} verb="changed" environment={environment} />}
      <div className="flex flex-col gap-4">
        <Panel title="Choose a file" id="file">
          <Form method="post" encType="multipart/form-data" className="mb-4 flex flex-col gap-3">
            <input type="hidden" name="intent" value="preview" />
            <Field label="CSV or XLSX file" name="file" error={answered?.error} hint="Up to 1,000 KiB.">
              <Input
                type="file"
                accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                className="h-auto py-1"
              />
            </Field>
            <div>
              <Button type="submit" tone={answered?.plan ? "default" : "primary"} disabled={isReading}>
                Show what would change
              </Button>
            </div>
          </Form>
          <LoadHelp environment={environment} />
        </Panel>
        {answered?.plan && <LoadPreview plan={answered.plan} fileName={answered.fileName} environment={environment} />}
      </div>
    </Page>
  );
}
