import type { ActionFunctionArgs } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { nextPath } from "~/domain/operators/next-path.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { PreferencesForm } from "~/domain/preferences/preferences.ts";
import { savePreferences } from "~/domain/preferences/save-preferences.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";

/** Saves the operator's own preferences. The frame's menus send them one at a time. */
export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const formData = await request.formData();
  const form = parseForm(PreferencesForm, formData);
  if (!form.ok) return data({ errors: form.errors }, { status: 400 });

  await savePreferences(context.db, {
    operatorId: operator.operatorId,
    current: operator.preferences,
    changes: form.value,
  });
  const next = formData.get("next");
  return typeof next === "string" ? redirect(nextPath(next)) : { saved: true };
}

export function loader() {
  return redirect(paths.overview());
}
