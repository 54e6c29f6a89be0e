import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ApprovalPanel } from "~/components/overview/approval-panel.tsx";
import { MixPanel } from "~/components/overview/mix-panel.tsx";
import { NoOverview } from "~/components/overview/no-overview.tsx";
import { OutcomePanel } from "~/components/overview/outcome-panel.tsx";
import { paymentsBehind } from "~/components/overview/overview-links.ts";
import { RangeSwitch } from "~/components/overview/range-switch.tsx";
import { Takings } from "~/components/overview/takings.tsx";
import { Page } from "~/components/ui/page.tsx";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseRange, type Range } from "~/domain/overview/overview.ts";
import { readOverview } from "~/domain/overview/overview-queries.server.ts";
import { settlePreferences } from "~/domain/preferences/preferences.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";

export const meta: MetaFunction = () => [{ title: "Overview · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const params = new URL(request.url).searchParams;
  const asked = params.get("environment");
  const environment = settleEnvironment(
    isEnvironment(asked) ? asked : null,
    operator.scope,
    context.config.defaultEnvironment,
  );
  if (environment === null) throw new Response("Not found", { status: 404 });

  const range = parseRange(params.get("range"));
  const { zone } = settlePreferences(operator.preferences);
  const overview = await readOverview(context.db, operator.scope, { environment, range, zone, now: Date.now() });
  return { overview, canStart: operator.can("sessions:create", environment) };
}

const perBar: Record<Range, string> = { "24h": "hour", "7d": "six hours", "30d": "day", "90d": "day" };

export default function OverviewPage() {
  const { overview, canStart } = useLoaderData<typeof loader>();
  const { mixes, range } = overview;
  const codeHref = (param: string) => (code: string) => paymentsBehind(overview, overview, { [param]: [code] });
  return (
    <Page title="Overview" actions={<RangeSwitch range={range} />}>
      {overview.total === 0 ? (
        <NoOverview environment={overview.environment} canStart={canStart} />
      ) : (
        <>
          <Takings overview={overview} />
          <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <OutcomePanel overview={overview} per={perBar[range]} />
            <ApprovalPanel overview={overview} />
          </div>
          <div className="mt-4 grid gap-4 lg:grid-cols-2">
            <MixPanel
              id="eci"
              title="ECI results"
              kind="ECI"
              codes={mixes.eci}
              read={decodeEci}
              href={codeHref("eci")}
            />
            <MixPanel
              id="cvn"
              title="CVN results"
              kind="CVN"
              codes={mixes.cvn}
              read={decodeCvn}
              href={codeHref("cvn")}
            />
            <MixPanel
              id="avs"
              title="AVS results"
              kind="AVS"
              codes={mixes.avs}
              read={decodeAvs}
              href={codeHref("avs")}
            />
            <MixPanel
              id="declines"
              title="Top decline reasons"
              kind="Reason"
              codes={overview.declines}
              read={decodeDecline}
              href={() => paymentsBehind(overview, overview, { status: ["FAILED"] })}
              note="Failed payments by Xendit's failure code, else the network's response. Links lead to all failed payments of this range: lists have no filter for failure codes."
            />
          </div>
        </>
      )}
    </Page>
  );
}

/** A failure code is a word, a network response two characters. */
function decodeDecline(code: string | null) {
  return code !== null && code.length <= 2 ? decodeResponse(code) : decodeFailure(code);
}
