import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { beginUpload } from "~/domain/reconciliation/begin-upload.server.ts";
import { BeginUploadForm, importRefusals } from "~/domain/reconciliation/import.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";

/** Begins an upload, or says how much of it is there already: `{ importId, received, isWhole }`. */
export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:import");
  const form = parseForm(BeginUploadForm, await request.formData());
  if (!form.ok) return refuse(400, "invalid", Object.values(form.errors)[0] ?? "This upload was not understood.");
  const begun = await beginUpload(context.db, { ...form.value, operator, now: new Date() });
  if (begun.ok) return Response.json(begun.value, { headers: { "Cache-Control": "no-store" } });
  const status = begun.refusal === "too_large" ? 413 : begun.refusal === "empty" ? 400 : 403;
  return refuse(status, begun.refusal, importRefusals[begun.refusal]);
}

export function loader() {
  return redirect(paths.reconciliationImports());
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { type: "upload", code, message } }, { status });
}
