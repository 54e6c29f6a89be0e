import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

interface NoOverviewProps {
  readonly environment: Environment;
  readonly canStart: boolean;
}

/** Nothing in the range; nothing ever, if the range is wide. */
export function NoOverview({ environment, canStart }: NoOverviewProps) {
  const start = (
    <ButtonLink tone="primary" to={withParams(paths.newSession(), { environment })}>
      New test session
    </ButtonLink>
  );
  const setUp = <ButtonLink to={paths.settingsWebhooks()}>Set up webhooks</ButtonLink>;
  return (
    <div className="rounded-md border border-line bg-surface">
      <Empty
        kind="nothing-yet"
        title={`No payments in ${environmentLabel[environment]} in this range`}
        action={environment !== "live" && canStart ? start : setUp}
      >
        Choose a longer range, start a test session, or point Xendit's webhooks at this desk. A payment counts as soon
        as its webhook is stored.
      </Empty>
    </div>
  );
}
