import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { maySeeImports } from "~/domain/reconciliation/import.ts";
import { fetchSandboxReport } from "~/domain/reconciliation/sandbox-report.server.ts";
import { SandboxReportForm } from "~/domain/reconciliation/sandbox-report.ts";
import { parseForm } from "~/lib/form.ts";

/** A report of the sandbox as a file. The form that asks for it is a plain GET, so that the browser saves what comes. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:import", "sandbox");
  const { db, config } = context;
  if (!config.sandbox || !maySeeImports(operator.scope)) throw new Response("Not found", { status: 404 });
  const asked = new FormData();
  for (const [name, value] of new URL(request.url).searchParams) asked.append(name, value);
  const form = parseForm(SandboxReportForm, asked);
  if (!form.ok)
    return answer(
      400,
      Object.entries(form.errors)
        .map(([name, error]) => `${name}: ${error}`)
        .join("\n"),
    );
  const { signal } = request;
  const report = await fetchSandboxReport(db, config, { form: form.value, scope: operator.scope, signal });
  if (!report.ok) return answer(502, `The sandbox made no report. ${report.detail ?? ""}`);
  return new Response(report.value.body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${report.value.name}"`,
      "Cache-Control": "no-store",
    },
  });
}

function answer(status: number, text: string): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(`${text}\n`, { status, headers });
}
