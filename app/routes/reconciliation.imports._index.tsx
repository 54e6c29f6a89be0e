import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { ParamProblems } from "~/components/lists/param-problems.tsx";
import { useRefresh } from "~/components/live/use-refresh.ts";
import { ImportTable } from "~/components/reconciliation/import-table.tsx";
import { isMoving } from "~/components/reconciliation/import-words.ts";
import { PullPanel } from "~/components/reconciliation/pull-panel.tsx";
import { SandboxReportPanel } from "~/components/reconciliation/sandbox-report-panel.tsx";
import { UploadPanel } from "~/components/reconciliation/upload-panel.tsx";
import { Pager } from "~/components/table/pager.tsx";
import { Page } from "~/components/ui/page.tsx";
import { hasXenditKey } from "~/domain/checks/has-xendit-key.server.ts";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { importRefusals, maySeeImports, PullForm, UploadForm } from "~/domain/reconciliation/import.ts";
import { listImports } from "~/domain/reconciliation/import-queries.server.ts";
import { orderPull } from "~/domain/reconciliation/order-pull.server.ts";
import { uploadWhole } from "~/domain/reconciliation/upload-whole.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { parseListParams } from "~/lib/search-params.ts";
import { addDays, dayOf } from "~/lib/time.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Imports · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const { db, config } = context;
  const zone = await readAccountingZone(db);
  const { filters, problems } = parseListParams(request.url, { codes: [], zone });
  const environment = settleEnvironment(filters.environment, operator.scope, config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const page = await listImports(db, operator.scope, { environment, cursor: filters.cursor });
  const today = dayOf(Date.now(), zone);
  return {
    page,
    problems,
    environment,
    zone,
    period: { from: addDays(today, -7), to: today },
    canImport: operator.can("reconciliation:import", environment) && maySeeImports(operator.scope),
    isLimited: !maySeeImports(operator.scope),
    hasKey: await hasXenditKey(db, config, environment),
    hasSandboxReports: environment === "sandbox" && config.sandbox,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:import");
  const formData = await request.formData();
  const now = new Date();
  if (formData.get("intent") === "pull") {
    const form = parseForm(PullForm, formData);
    if (!form.ok) return data({ of: "pull" as const, ...form }, { status: 400 });
    const ordered = await orderPull(context.db, context.config, { ...form.value, operator, now });
    if (!ordered.ok) {
      const refusal = refuseForm(formData, { form: importRefusals[ordered.refusal] });
      return data({ of: "pull" as const, ...refusal }, { status: 409 });
    }
    context.signals.ring("imports");
    const toast = { tone: "waiting", text: "The transactions are being pulled" } as const;
    return redirectWithToast(paths.reconciliationImport(ordered.value.importId), toast, context);
  }
  const form = parseForm(UploadForm, formData);
  const file = formData.get("file");
  if (!form.ok || !(file instanceof File)) throw new Response("This form was not understood.", { status: 400 });
  const uploaded = await uploadWhole(context, { ...form.value, file, operator, now });
  if (!uploaded.ok) {
    const refusal = refuseForm(formData, { form: importRefusals[uploaded.refusal] });
    return data({ of: "upload" as const, ...refusal }, { status: 409 });
  }
  const toast = { tone: "waiting", text: "The file is being read" } as const;
  return redirectWithToast(paths.reconciliationImport(uploaded.value.importId), toast, context);
}

export default function ImportsPage() {
  const { page, problems, environment, zone, period, canImport, isLimited, hasKey, hasSandboxReports } =
    useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { pathname } = useLocation();
  const link = (cursor: string | null) => cursor && withParams(pathname, { environment, cursor });
  useRefresh(page.rows.some(isMoving));
  return (
    <Page
      title="Imports"
      back={<Link to={withParams(paths.reconciliation(), { environment })}>Reconciliation</Link>}
      subtitle="What Xendit reports: files from its dashboard, or pulled from its API. Rows are merged by transaction; nothing is counted twice."
      environment={environment}
    >
      <ParamProblems problems={problems} isTooLong={false} />
      {canImport && (
        <div className="mb-4 grid items-start gap-4 lg:grid-cols-2">
          {/* The sandbox's form is as high as the other two together. */}
          <div className={hasSandboxReports ? "flex flex-col gap-4" : "contents"}>
            <UploadPanel
              environment={environment}
              refusal={refused?.of === "upload" ? (refused.errors.form ?? null) : null}
            />
            <PullPanel
              environment={environment}
              zone={zone}
              period={period}
              hasKey={hasKey}
              errors={refused?.of === "pull" ? refused.errors : {}}
              values={refused?.of === "pull" ? refused.values : {}}
            />
          </div>
          {hasSandboxReports && <SandboxReportPanel period={period} />}
        </div>
      )}
      <ImportTable rows={page.rows} environment={environment} canImport={canImport} isLimited={isLimited} />
      <Pager next={link(page.next)} previous={link(page.previous)} />
    </Page>
  );
}
