import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { AdjustmentList } from "~/components/reconciliation/adjustment-list.tsx";
import { ClassCounts } from "~/components/reconciliation/class-counts.tsx";
import { CloseMonth } from "~/components/reconciliation/close-month.tsx";
import { DayTable } from "~/components/reconciliation/day-table.tsx";
import { FiguresTable } from "~/components/reconciliation/figures-table.tsx";
import { CurrencySwitch, MonthSwitch } from "~/components/reconciliation/month-switch.tsx";
import { PeriodActions } from "~/components/reconciliation/period-actions.tsx";
import { StandingNotices } from "~/components/reconciliation/standing-notices.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { askedEnvironment } from "~/domain/reconciliation/asked-environment.ts";
import { closeMonth } from "~/domain/reconciliation/close-month.server.ts";
import { closeRefusals, MonthForm } from "~/domain/reconciliation/closing.ts";
import { chooseCurrency } from "~/domain/reconciliation/figures.ts";
import { firstDay, formatMonth, lastDay, type Month, monthOf, parseMonth } from "~/domain/reconciliation/month.ts";
import { readMonth } from "~/domain/reconciliation/month-page.server.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { dayOf, formatDay } from "~/lib/time.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = ({ params }) => [{ title: `${params.month} · Reconciliation · Paydesk` }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const environment = askedEnvironment(request, operator, context.config);
  const month = requireMonth(params.month);
  const search = new URL(request.url).searchParams;
  const zone = await readAccountingZone(context.db);
  const now = Date.now();
  const after = { late: search.get("late"), posted: search.get("posted") };
  const page = await readMonth(context.db, operator.scope, { environment, month, zone, now, after });
  if (!page) throw new Response("Not found", { status: 404 });
  return {
    page,
    last: monthOf(dayOf(now, zone)),
    ...chooseCurrency(page.figures, search.get("currency")),
    can: {
      // Whoever sees some businesses only closes for nobody.
      close: operator.can("reconciliation:close", environment) && !page.isLimited,
      export: operator.can("export:csv", environment),
    },
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:close");
  const environment = askedEnvironment(request, operator, context.config);
  const month = requireMonth(params.month);
  const form = await request.formData();
  const parsed = parseForm(MonthForm, form);
  if (!parsed.ok) return data(parsed, { status: 400 });

  const order = { environment, month, acceptsOpen: parsed.value.acceptsOpen, operator, now: new Date() };
  const { closed, stopped } = await closeMonth(context.db, order);
  const done = `${closed.length} ${closed.length === 1 ? "day" : "days"} closed`;
  // A month that goes on ends at the day that does.
  if (stopped && !(stopped.refusal === "not_over" && closed.length > 0)) {
    const isTick = stopped.refusal === "open_exceptions" || stopped.refusal === "check_failed";
    const where = `${done}. Stopped at ${formatDay(stopped.day)}: ${closeRefusals[stopped.refusal]}`;
    const errors = { form: where, ...(isTick && { acceptsOpen: closeRefusals[stopped.refusal] }) };
    return data(refuseForm(form, errors), { status: 409 });
  }
  const back = withParams(paths.reconciliationMonth(month), { environment });
  return redirectWithToast(back, { tone: "good", text: `${done} in ${formatMonth(month)}` }, context);
}

function requireMonth(text: string | undefined): Month {
  const month = parseMonth(text);
  if (month === null) throw new Response("Not found", { status: 404 });
  return month;
}

export default function ReconciliationMonthPage() {
  const { page, last, currencies, currency, can } = useLoaderData<typeof loader>();
  // Without JavaScript the form is answered by the page itself.
  const refused = useActionData<typeof action>();
  const { environment, month, zone, days, figures, classes, match, isLimited, posted, late } = page;
  const at = (path: string) => withParams(path, { environment });
  return (
    <Page
      title={formatMonth(month)}
      subtitle={`Its business days in ${zone}: frozen where they are closed, else as they are now.`}
      back={<Link to={withParams(paths.reconciliation(), { environment, month })}>Reconciliation</Link>}
      environment={environment}
      actions={
        <PeriodActions
          environment={environment}
          period={month}
          statement={paths.reconciliationMonthStatement(month)}
          canExport={can.export}
        />
      }
    >
      {refused?.errors.form && <Notice tone="bad" title={refused.errors.form} urgent />}
      <StandingNotices match={match} isLimited={isLimited} />
      <div className="mb-3">
        <MonthSwitch month={month} last={last} href={(one) => at(paths.reconciliationMonth(one))} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Totals" id="totals" flush={figures.length > 0}>
            {figures.length === 0 ? (
              <p className="text-sm text-muted">No figures in this month.</p>
            ) : (
              <FiguresTable label={`Totals of ${formatMonth(month)}`} figures={figures} />
            )}
          </Panel>
          {posted.groups > 0 && (
            <Panel title="Adjustments its closes put on record" id="adjustments" flush>
              <AdjustmentList label="Adjustments" adjusted={posted} environment={environment} param="posted" />
            </Panel>
          )}
          {late.groups > 0 && (
            <Panel title="Changed after closing; in the next close" id="changed" flush>
              <AdjustmentList label="Changed after closing" adjusted={late} environment={environment} param="late" />
            </Panel>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {can.close && (
            <CloseMonth
              days={days}
              environmentName={environmentLabel[environment].toLowerCase()}
              isDoubtful={match.run !== null && !match.run.check.isWhole}
              incoming={late.groups}
            />
          )}
          <ClassCounts classes={classes} environment={environment} from={firstDay(month)} to={lastDay(month)} />
        </div>
      </div>
      <div className="mt-6 mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">Days</h2>
        <CurrencySwitch
          currencies={currencies}
          chosen={currency}
          href={(one) => withParams(paths.reconciliationMonth(month), { environment, currency: one })}
        />
      </div>
      <DayTable days={days} environment={environment} currency={currency} />
    </Page>
  );
}
