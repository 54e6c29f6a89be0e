import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useLocation, useNavigation } from "@remix-run/react";
import { RotateCw } from "lucide-react";
import { useRefresh } from "~/components/live/use-refresh.ts";
import { AgeingPanel, OpenClassesPanel } from "~/components/reconciliation/ageing-panel.tsx";
import { DayTable } from "~/components/reconciliation/day-table.tsx";
import { MatchPanel } from "~/components/reconciliation/match-panel.tsx";
import { MonthCalendar } from "~/components/reconciliation/month-calendar.tsx";
import { MonthFigures } from "~/components/reconciliation/month-figures.tsx";
import { CurrencySwitch, MonthSwitch } from "~/components/reconciliation/month-switch.tsx";
import { NothingToReconcile } from "~/components/reconciliation/nothing-to-reconcile.tsx";
import { StandingNotices } from "~/components/reconciliation/standing-notices.tsx";
import { Button, ButtonLink } from "~/components/ui/button.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { readAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { askedEnvironment } from "~/domain/reconciliation/asked-environment.ts";
import { chooseCurrency } from "~/domain/reconciliation/figures.ts";
import { formatMonth, type Month, monthOf, parseMonth } from "~/domain/reconciliation/month.ts";
import { readReconciliation } from "~/domain/reconciliation/reconciliation-overview.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { dayOf, zoneName } from "~/lib/time.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Reconciliation · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const environment = askedEnvironment(request, operator, context.config);
  const params = new URL(request.url).searchParams;
  const zone = await readAccountingZone(context.db);
  const now = Date.now();
  const last = monthOf(dayOf(now, zone));
  const month = parseMonth(params.get("month")) ?? last;
  const overview = await readReconciliation(context.db, operator.scope, { environment, month, zone, now });
  return {
    overview,
    last,
    zoneText: `${zone} (${zoneName(now, zone)})`,
    ...chooseCurrency(overview.figures, params.get("currency")),
    can: {
      import: operator.can("reconciliation:import", environment),
      match: operator.can("reconciliation:import", environment),
    },
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:import");
  askedEnvironment(request, operator, context.config);
  context.signals.ring("reconciliation");
  const params = new URL(request.url).searchParams;
  // Remix's own, by which the form found this action.
  params.delete("index");
  return redirectWithToast(
    `${paths.reconciliation()}?${params}`,
    { tone: "waiting", text: "Matching. The figures follow." },
    context,
  );
}

export default function ReconciliationPage() {
  const { overview, last, zoneText, currencies, currency, can } = useLoaderData<typeof loader>();
  const { environment, month, days, figures, exceptions, match } = overview;
  const { search } = useLocation();
  const isMatching = useNavigation().formMethod === "POST";
  useRefresh(match.importing > 0 || match.isUnderWay);
  const href = (name: "month" | "currency", value: string) => {
    const params = new URLSearchParams(search);
    params.delete("index");
    params.set(name, value);
    return `${paths.reconciliation()}?${params}`;
  };
  const shown = figures.filter((one) => currency === null || one.currency === currency);
  const isEmpty = match.run === null && overview.latest === null;
  return (
    <Page
      title="Reconciliation"
      subtitle={`What was captured beside what Xendit reports, by business day in ${zoneText}.`}
      environment={environment}
      actions={
        <>
          {can.match && (
            <Form method="post">
              <Button type="submit" disabled={isMatching}>
                <RotateCw size={14} aria-hidden /> Match now
              </Button>
            </Form>
          )}
          <ButtonLink to={withParams(paths.exceptions(), { environment })}>Exceptions</ButtonLink>
          <ButtonLink to={withParams(paths.reconciliationRules(), { environment })}>Rules</ButtonLink>
          <ButtonLink tone="primary" to={withParams(paths.reconciliationImports(), { environment })}>
            Imports
          </ButtonLink>
        </>
      }
    >
      <StandingNotices match={match} isLimited={overview.isLimited} />
      {isEmpty ? (
        <NothingToReconcile environment={environment} canImport={can.import} />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
            <MonthSwitch month={month} last={last} href={(one) => href("month", one)} />
            <CurrencySwitch currencies={currencies} chosen={currency} href={(one) => href("currency", one)} />
          </div>
          <Panel
            title={formatMonth(month)}
            id="figures"
            actions={
              <ButtonLink size="sm" to={withParams(paths.reconciliationMonth(month), { environment })}>
                Close or print
              </ButtonLink>
            }
          >
            {shown.length === 0 ? (
              <NoFigures latest={overview.latest} month={month} href={(one) => href("month", one)} />
            ) : (
              <MonthFigures label={formatMonth(month)} figures={shown} />
            )}
          </Panel>
          <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <Panel title="Calendar" id="calendar">
              <MonthCalendar days={days} environment={environment} currency={currency} />
            </Panel>
            <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-1">
              <OpenClassesPanel counts={exceptions} environment={environment} />
              <AgeingPanel counts={exceptions} environment={environment} />
            </div>
          </div>
          <h2 className="mt-6 mb-2 font-semibold">Days</h2>
          <DayTable days={days} environment={environment} currency={currency} />
          <div className="mt-4">
            <MatchPanel match={match} />
          </div>
        </>
      )}
    </Page>
  );
}

interface NoFiguresProps {
  readonly latest: Month | null;
  readonly month: Month;
  readonly href: (month: Month) => string;
}

function NoFigures({ latest, month, href }: NoFiguresProps) {
  return (
    <p className="text-sm text-muted">
      No figures in this month.{" "}
      {latest !== null && latest !== month && (
        <Link to={href(latest)} className="link">
          The last month with figures is {formatMonth(latest)}
        </Link>
      )}
    </p>
  );
}
