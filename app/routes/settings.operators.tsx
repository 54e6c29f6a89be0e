import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { AccessFields } from "~/components/operators/access-fields.tsx";
import { ChangeOperatorPanel } from "~/components/operators/change-operator-panel.tsx";
import { environmentsText, OperatorState, operatorColumns } from "~/components/operators/operator-columns.tsx";
import { PermissionTable } from "~/components/operators/permission-table.tsx";
import { DataTable } from "~/components/table/data-table.tsx";
import { Button } from "~/components/ui/button.tsx";
import { Empty } from "~/components/ui/empty.tsx";
import { TextField } from "~/components/ui/field.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { addOperator } from "~/domain/operators/add-operator.server.ts";
import { changeOperator, changeRefusals, type OperatorChange } from "~/domain/operators/change-operator.server.ts";
import {
  AccessForm,
  NewOperatorForm,
  OPERATOR_INTENTS,
  OperatorIdForm,
  type OperatorIntent,
  PasswordForm,
} from "~/domain/operators/operator-form.ts";
import { listOperators, type OperatorRow } from "~/domain/operators/operator-queries.server.ts";
import { roleLabel } from "~/domain/operators/permissions.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { type ParsedForm, parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Operators · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "operators:write");
  const operators = await listOperators(context.db);
  const asked = new URL(request.url).searchParams.get("change");
  return { operators, changing: operators.find((one) => one.operatorId === asked) ?? null };
}

const Intent = z.object({ intent: z.enum(OPERATOR_INTENTS) });

export async function action({ request, context }: ActionFunctionArgs) {
  const by = await requireOperator({ request, context }, "operators:write");
  const formData = await request.formData();
  const asked = parseForm(Intent, formData);
  if (!asked.ok) throw new Response("This form is not one of ours.", { status: 400 });
  const { intent } = asked.value;
  const now = new Date();

  if (intent === "add") {
    const form = parseForm(NewOperatorForm, formData);
    if (!form.ok) return data({ ...form, intent }, { status: 400 });
    const added = await addOperator(context.db, { ...form.value, by, now });
    if (added.ok) return done(`${form.value.email} may sign in now.`, context);
    const errors: Record<string, string> =
      added.refusal === "beyond_reach"
        ? { form: changeRefusals.beyond_reach }
        : { email: "An operator with this e-mail is there already." };
    return data({ ...refuseForm(formData, errors), intent }, 409);
  }

  const change = changeOf(intent, formData);
  if (!change.ok) return data({ ...change, intent }, { status: 400 });
  const changed = await changeOperator(context.db, { ...change.value, by, now });
  if (changed.ok) return done("Saved. Their open sign-ins have ended.", context);
  return data({ ...refuseForm(formData, { form: changeRefusals[changed.refusal] }), intent }, { status: 409 });
}

function done(text: string, context: ActionFunctionArgs["context"]) {
  return redirectWithToast(paths.settingsOperators(), { tone: "good", text }, context);
}

function changeOf(
  intent: Exclude<OperatorIntent, "add">,
  formData: FormData,
): ParsedForm<{ operatorId: string; change: OperatorChange }> {
  if (intent === "access") {
    const form = parseForm(AccessForm, formData);
    if (!form.ok) return form;
    const { operatorId, ...access } = form.value;
    return { ok: true, value: { operatorId, change: { kind: intent, ...access } } };
  }
  if (intent === "password") {
    const form = parseForm(PasswordForm, formData);
    if (!form.ok) return form;
    return {
      ok: true,
      value: { operatorId: form.value.operatorId, change: { kind: intent, password: form.value.password } },
    };
  }
  const form = parseForm(OperatorIdForm, formData);
  return form.ok ? { ok: true, value: { operatorId: form.value.operatorId, change: { kind: intent } } } : form;
}

export default function OperatorsPage() {
  const { operators, changing } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const addErrors = refused?.intent === "add" ? refused.errors : {};
  return (
    <Page title="Operators" subtitle="Who may sign in, and what they may see and do.">
      {refused?.errors.form && (
        <Notice tone="bad" urgent title="Nothing was changed">
          {refused.errors.form}
        </Notice>
      )}
      {changing && (
        <ChangeOperatorPanel operator={changing} errors={refused?.intent === "add" ? {} : (refused?.errors ?? {})} />
      )}
      <DataTable
        label="Operators"
        columns={operatorColumns}
        rows={operators}
        getRowId={(operator) => operator.operatorId}
        rowHref={changeHref}
        rowCopy={(operator) => operator.email}
        card={(operator) => <OperatorCard operator={operator} />}
        empty={<Empty kind="nothing-yet" title="No operators" />}
      />
      <Panel title="Add an operator" id="add" className="mt-4 max-w-[560px]">
        {/* A new operator makes a new form, so that nobody's password stays in it. */}
        <Form method="post" className="flex flex-col gap-4" key={operators.length}>
          <input type="hidden" name="intent" value="add" />
          <TextField label="Email" name="email" type="email" autoComplete="off" error={addErrors.email} required />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="new-password"
            error={addErrors.password}
            hint="Tell it to them; there is no mail from here."
            required
          />
          <AccessFields errors={addErrors} />
          <Button type="submit" tone="primary" className="self-start">
            Add operator
          </Button>
        </Form>
      </Panel>
      <Panel title="What each role may do" id="permissions" className="mt-4" flush>
        <PermissionTable />
      </Panel>
    </Page>
  );
}

function changeHref(operator: OperatorRow): string {
  return withParams(paths.settingsOperators(), { change: operator.operatorId });
}

function OperatorCard({ operator }: { operator: OperatorRow }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium break-all">{operator.email}</span>
      <span className="text-sm text-muted">
        {roleLabel[operator.role]} · {environmentsText(operator)} <OperatorState disabledAt={operator.disabledAt} />
      </span>
    </div>
  );
}
