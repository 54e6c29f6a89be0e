import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ApprovalPanel } from "~/components/overview/approval-panel.tsx";
import { MixPanel } from "~/components/overview/mix-panel.tsx";
import { NoOverview } from "~/components/overview/no-overview.tsx";
import { OutcomePanel } from "~/components/overview/outcome-panel.tsx";
import { paymentsBehind } from "~/components/overview/overview-links.ts";
import { RadarPanel } from "~/components/overview/radar-panel.tsx";
import { RangeSwitch } from "~/components/overview/range-switch.tsx";
import { Takings } from "~/components/overview/takings.tsx";
import { LateForwards } from "~/components/tail/late-forwards.tsx";
import { Page } from "~/components/ui/page.tsx";
import { listLateForwards } from "~/domain/forward/list-lags.server.ts";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseRange, type Range } from "~/domain/overview/overview.ts";
import { readOverview } from "~/domain/overview/overview-queries.server.ts";
import { settlePreferences } from "~/domain/preferences/preferences.ts";
import { readRadar } from "~/domain/radar/read-radar.server.ts";
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
  const now = Date.now();
  const [overview, radar, late] = await Promise.all([
    readOverview(context.db, operator.scope, { environment, range, zone, now }),
    readRadar(context.db, operator.scope, { environment, now }),
    // Destinations are named to those who may send to them.
    operator.can("replays:send", environment) ? listLateForwards(context.db, { environment, now }) : [],
  ]);
  return {
    overview,
    radar,
    late,
    canStart: operator.can("sessions:create", environment),
    canCheck: operator.can("xendit:check", environment),
  };
}

const perBar: Record<Range, string> = { "24h": "hour", "7d": "six hours", "30d": "day", "90d": "day" };

export default function OverviewPage() {
  const { overview, radar, late, canStart, canCheck } = useLoaderData<typeof loader>();
  const { mixes, range } = overview;
  const codeHref = (param: string) => (code: string) => paymentsBehind(overview, overview, { [param]: [code] });
  return (
    <Page title="Overview" actions={<RangeSwitch range={range} />}>
      <LateForwards late={late} />
      {overview.total === 0 ? (
        <>
          <RadarPanel radar={radar} canCheck={canCheck} />
          <NoOverview environment={overview.environment} canStart={canStart} />
        </>
      ) : (
        <>
          <Takings overview={overview} />
          <RadarPanel radar={radar} canCheck={canCheck} />
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
              href={(code) => paymentsBehind(overview, overview, declinedBy(code))}
              note="Failed payments by Xendit's failure code, else by the network's response."
              long
            />
          </div>
        </>
      )}
    </Page>
  );
}

function decodeDecline(code: string | null) {
  return isResponse(code) ? decodeResponse(code) : decodeFailure(code);
}

/** As they were counted: a response stands for a decline only where there is no failure code. */
function declinedBy(code: string): Record<string, readonly string[]> {
  const failed = { status: ["FAILED"] };
  return isResponse(code) ? { ...failed, failure: [""], response: [code] } : { ...failed, failure: [code] };
}

/** A failure code is a word, a network response two characters. */
function isResponse(code: string | null): boolean {
  return code !== null && code !== "" && code.length <= 2;
}
