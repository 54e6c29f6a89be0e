import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { useListLinks } from "../lists/list-links.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

/** "Nothing yet" is not "nothing matches". */
export function NoPayments({ environment }: { environment: Environment }) {
  const { isFiltered, cleared } = useListLinks({ next: null, previous: null });
  if (isFiltered) {
    return (
      <Empty
        kind="no-match"
        title="No payment matches these filters"
        action={<ButtonLink to={cleared}>Clear filters</ButtonLink>}
      />
    );
  }
  if (environment === "live") {
    return (
      <Empty
        kind="nothing-yet"
        title="No live payments yet"
        action={<ButtonLink to={paths.settingsWebhooks()}>Set up webhooks</ButtonLink>}
      >
        They appear here as soon as Xendit's webhooks reach this desk.
      </Empty>
    );
  }
  return (
    <Empty
      kind="nothing-yet"
      title={`No payments in ${environment} yet`}
      action={
        <ButtonLink tone="primary" to={withParams(paths.newSession(), { environment })}>
          New test session
        </ButtonLink>
      }
    >
      Start a test session, or point Xendit's webhooks at this desk.
    </Empty>
  );
}
