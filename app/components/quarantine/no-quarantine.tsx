import type { QuarantineTab } from "~/domain/quarantine/quarantine.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

interface NoQuarantineProps {
  readonly tab: QuarantineTab;
  readonly environment: Environment;
  readonly isFiltered: boolean;
}

const nothing: Record<QuarantineTab, { readonly title: string; readonly about: string }> = {
  open: {
    title: "Nothing is in quarantine",
    about: "Every webhook was read. One that cannot be is kept here until somebody has looked at it.",
  },
  aside: { title: "Nothing was set aside", about: "What needs no more work is kept here, with who said so and why." },
  expunged: {
    title: "Nothing was expunged",
    about: "A body that held a secret can be taken out of the store from its webhook's page.",
  },
};

export function NoQuarantine({ tab, environment, isFiltered }: NoQuarantineProps) {
  if (isFiltered) {
    const all = withParams(paths.quarantine(), { environment, tab: tab === "open" ? null : tab });
    return (
      <Empty
        kind="no-match"
        title="Nothing matches these filters"
        action={<ButtonLink to={all}>Clear filters</ButtonLink>}
      />
    );
  }
  return (
    <Empty kind="nothing-yet" title={`${nothing[tab].title} in ${environment}`}>
      {nothing[tab].about}
    </Empty>
  );
}
