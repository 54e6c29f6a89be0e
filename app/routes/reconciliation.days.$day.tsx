import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DayBody } from "~/components/reconciliation/day-body.tsx";
import { DayLinks } from "~/components/reconciliation/day-links.tsx";
import { DayStateBadge } from "~/components/reconciliation/day-state.tsx";
import { LateNotice } from "~/components/reconciliation/late-notice.tsx";
import { PeriodActions } from "~/components/reconciliation/period-actions.tsx";
import { StandingNotices } from "~/components/reconciliation/standing-notices.tsx";
import { UnreportedNotice } from "~/components/reconciliation/unreported-notice.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { askedEnvironment } from "~/domain/reconciliation/asked-environment.ts";
import { closeDay } from "~/domain/reconciliation/close-day.server.ts";
import { closeRefusals, DayForm, reopenRefusals } from "~/domain/reconciliation/closing.ts";
import { readDay } from "~/domain/reconciliation/day-page.server.ts";
import { weekdayName } from "~/domain/reconciliation/month.ts";
import { reopenDay } from "~/domain/reconciliation/reopen-day.server.ts";
import { verifyDay } from "~/domain/reconciliation/verify-day.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { type BusinessDay, formatDay, parseDay } from "~/lib/time.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = ({ params }) => [{ title: `${params.day} · Reconciliation · Paydesk` }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const environment = askedEnvironment(request, operator, context.config);
  const day = requireDay(params.day);
  const search = new URL(request.url).searchParams;
  const zone = await readAccountingZone(context.db);
  const after = { late: search.get("late"), posted: search.get("posted"), later: search.get("later") };
  const [page, verified] = await Promise.all([
    readDay(context.db, operator.scope, { environment, day, zone, now: Date.now(), after }),
    search.get("verify") === "1" ? verifyDay(context.db, operator.scope, { environment, day }) : null,
  ]);
  if (!page) throw new Response("Not found", { status: 404 });
  return {
    page,
    verified,
    // Whoever sees some businesses only closes for nobody.
    can: {
      close: operator.can("reconciliation:close", environment) && !page.isLimited,
      reopen: operator.can("reconciliation:reopen", environment) && !page.isLimited,
      export: operator.can("export:csv", environment),
      import: operator.can("reconciliation:import", environment),
    },
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const permission = form.get("intent") === "reopen" ? "reconciliation:reopen" : "reconciliation:close";
  const operator = await requireOperator({ request, context }, permission);
  const environment = askedEnvironment(request, operator, context.config);
  const day = requireDay(params.day);
  const parsed = parseForm(DayForm, form);
  if (!parsed.ok) return data(parsed, { status: 400 });

  const back = withParams(paths.reconciliationDay(day), { environment });
  const order = { environment, day, operator, now: new Date() };
  if (parsed.value.intent === "close") {
    const closed = await closeDay(context.db, { ...order, acceptsOpen: parsed.value.acceptsOpen });
    if (closed.ok) return redirectWithToast(back, { tone: "good", text: `${formatDay(day)} is closed` }, context);
    const isTick = closed.refusal === "open_exceptions" || closed.refusal === "check_failed";
    const errors = { [isTick ? "acceptsOpen" : "form"]: closeRefusals[closed.refusal] };
    return data(refuseForm(form, errors), { status: 409 });
  }
  const { digest, reason } = parsed.value;
  const reopened = await reopenDay(context.db, { ...order, digest, reason });
  if (!reopened.ok) return data(refuseForm(form, { form: reopenRefusals[reopened.refusal] }), { status: 409 });
  return redirectWithToast(back, { tone: "look", text: `${formatDay(day)} is open again` }, context);
}

function requireDay(text: string | undefined): BusinessDay {
  const day = parseDay(text ?? "");
  if (day === null) throw new Response("Not found", { status: 404 });
  return day;
}

export default function ReconciliationDayPage() {
  const { page, verified, can } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useFocusError(refused);
  const { line, environment, zone } = page;
  const errors = refused?.errors ?? {};
  return (
    <Page
      title={`${weekdayName(line.day)} ${formatDay(line.day)}`}
      subtitle={
        <span className="inline-flex flex-wrap items-center gap-2">
          <DayStateBadge line={line} /> A business day in {zone}
        </span>
      }
      back={<DayLinks day={line.day} environment={environment} />}
      environment={environment}
      actions={
        <PeriodActions
          environment={environment}
          period={line.day}
          statement={paths.reconciliationDayStatement(line.day)}
          canExport={can.export}
        />
      }
    >
      {errors.form && <Notice tone="bad" title={errors.form} urgent />}
      {line.closing && <LateNotice late={page.late} href="#changed" />}
      {!line.closing && <StandingNotices match={page.match} isLimited={page.isLimited} />}
      {!line.closing && page.isReported === false && line.figures.length > 0 && (
        <UnreportedNotice day={line.day} environment={environment} canImport={can.import} />
      )}
      <DayBody page={page} verified={verified} can={can} errors={errors} values={refused?.values ?? {}} />
    </Page>
  );
}
