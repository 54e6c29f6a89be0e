import type { Environment } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { useListLinks } from "../lists/list-links.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export function NoWebhooks({ environment }: { environment: Environment }) {
  const { isFiltered, cleared } = useListLinks({ next: null, previous: null });
  if (isFiltered) {
    return (
      <Empty
        kind="no-match"
        title="No webhook matches these filters"
        action={<ButtonLink to={cleared}>Clear filters</ButtonLink>}
      />
    );
  }
  return (
    <Empty
      kind="nothing-yet"
      title={`No webhooks in ${environment} yet`}
      action={
        <ButtonLink to={environment === "sandbox" ? paths.settingsSandbox() : paths.settingsWebhooks()}>
          Where to point them
        </ButtonLink>
      }
    >
      Every webhook that arrives with a valid token is kept here, whatever it says.
    </Empty>
  );
}
