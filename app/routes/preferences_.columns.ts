import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { ColumnsForm, chosenColumns } from "~/domain/lists/list-columns.ts";
import { nextPath } from "~/domain/operators/next-path.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { savePreferences } from "~/domain/preferences/save-preferences.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";

/** Keeps which columns the operator wants to see of a list. Sent by the list's own menu, with every change. */
export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const formData = await request.formData();
  const form = parseForm(ColumnsForm, formData);
  if (!form.ok) return data({ errors: form.errors }, { status: 400 });

  const columns = { ...operator.preferences.columns, [form.value.list]: chosenColumns(form.value) };
  await savePreferences(context.db, {
    operatorId: operator.operatorId,
    current: operator.preferences,
    changes: { columns },
  });
  const next = formData.get("next");
  return typeof next === "string" ? redirect(nextPath(next)) : { saved: true };
}

export function loader() {
  return redirect(paths.overview());
}
