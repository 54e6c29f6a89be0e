import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { useListLinks } from "../lists/list-links.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export function NoSessions({ environment }: { environment: Environment }) {
  const { isFiltered, cleared } = useListLinks({ next: null, previous: null });
  if (isFiltered) {
    return (
      <Empty
        kind="no-match"
        title="No session matches these filters"
        action={<ButtonLink to={cleared}>Clear filters</ButtonLink>}
      />
    );
  }
  const start = (
    <ButtonLink tone="primary" to={withParams(paths.newSession(), { environment })}>
      New test session
    </ButtonLink>
  );
  return (
    <Empty
      kind="nothing-yet"
      title={`No sessions in ${environment} yet`}
      action={environment === "live" ? undefined : start}
    >
      {environment === "live"
        ? "Live sessions are started by your own integration; they appear here with their webhooks."
        : "A test session walks one card payment from its creation to its webhook."}
    </Empty>
  );
}
