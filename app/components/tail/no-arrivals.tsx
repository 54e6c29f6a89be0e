import { Link } from "@remix-run/react";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Empty } from "../ui/empty.tsx";

interface NoArrivalsProps {
  readonly environment: Environment;
  readonly hasFilters: boolean;
}

/** Says which of the two it is: nothing arrives, or nothing that the filters let through. */
export function NoArrivals({ environment, hasFilters }: NoArrivalsProps) {
  return (
    <div className="rounded-md border border-line bg-surface">
      {hasFilters ? (
        <Empty kind="no-match" title="Nothing like this among the latest arrivals">
          What arrives and fits the filters appears here. Older ones are in{" "}
          <Link to={withParams(paths.webhooks(), { environment })} className="link">
            the list of webhooks
          </Link>
          .
        </Empty>
      ) : (
        <Empty
          kind="nothing-yet"
          title={`Nothing has arrived in ${environmentLabel[environment].toLowerCase()} lately`}
        >
          Webhooks appear here as they come. Whether they can reach this desk is told in{" "}
          <Link to={withParams(paths.settingsWebhooks(), { environment })} className="link">
            the settings of webhooks
          </Link>
          .
        </Empty>
      )}
    </div>
  );
}
