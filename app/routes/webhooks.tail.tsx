import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { ParamProblems } from "~/components/lists/param-problems.tsx";
import { NoArrivals } from "~/components/tail/no-arrivals.tsx";
import { TailFilterBar } from "~/components/tail/tail-filter-bar.tsx";
import { HeldLines, PauseButton, TailStatus } from "~/components/tail/tail-status.tsx";
import { TailTable } from "~/components/tail/tail-table.tsx";
import { useTail } from "~/components/tail/use-tail.ts";
import { Page } from "~/components/ui/page.tsx";
import { openTail } from "~/domain/tail/open-tail.server.ts";
import { paths, withParams } from "~/lib/paths.ts";

export const meta: MetaFunction = () => [{ title: "Live tail · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  return openTail({ request, context });
}

/** It asks for what came by itself; loading the whole page again would only be slower. */
export function shouldRevalidate({ currentUrl, nextUrl }: { currentUrl: URL; nextUrl: URL }) {
  return currentUrl.search !== nextUrl.search || currentUrl.pathname !== nextUrl.pathname;
}

export default function TailPage() {
  const { page, environment, problems, withRefusals, hasFilters } = useLoaderData<typeof loader>();
  const { search } = useLocation();
  const { tail, state } = useTail(page, search);
  return (
    <Page
      title="Live tail"
      subtitle="Webhooks as they arrive: first arrivals, duplicates, and what was refused at the door."
      back={
        <Link to={withParams(paths.webhooks(), { environment })} className="link">
          Webhooks
        </Link>
      }
      actions={<PauseButton tail={tail} state={state} />}
    >
      <ParamProblems problems={problems} isTooLong={false} />
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <TailFilterBar environment={environment} withRefusals={withRefusals} />
        <TailStatus state={state} />
      </div>
      <noscript>
        <p className="mb-3 text-sm text-muted">
          Without JavaScript the tail stands still. Load the page again for more.
        </p>
      </noscript>
      <HeldLines tail={tail} state={state} />
      {state.lines.shown.length === 0 ? (
        <NoArrivals environment={environment} hasFilters={hasFilters} />
      ) : (
        <TailTable lines={state.lines.shown} environment={environment} />
      )}
    </Page>
  );
}
