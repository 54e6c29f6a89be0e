import type { ExceptionTab } from "~/domain/reconciliation/exception.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

interface NoExceptionsProps {
  readonly tab: ExceptionTab;
  readonly environment: Environment;
  readonly isFiltered: boolean;
  /** Whether a match ever ran here. */
  readonly isReconciled: boolean;
  readonly canImport: boolean;
}

/** Which of three it is: nothing was laid side by side yet, nothing matches the filters, or nothing is left to do. */
export function NoExceptions({ tab, environment, isFiltered, isReconciled, canImport }: NoExceptionsProps) {
  if (!isReconciled) {
    const imports = withParams(paths.reconciliationImports(), { environment });
    return (
      <Empty
        kind="not-set-up"
        title={`Nothing was reconciled in ${environmentLabel[environment]} yet`}
        action={
          canImport && (
            <ButtonLink to={imports} tone="primary">
              Import a report
            </ButtonLink>
          )
        }
      >
        Exceptions are what Xendit's report and Paydesk say differently. There are none before a report was imported.
      </Empty>
    );
  }
  if (isFiltered) {
    const all = withParams(paths.exceptions(), { environment, state: tab === "open" ? null : tab });
    return (
      <Empty
        kind="no-match"
        title="Nothing matches these filters"
        action={<ButtonLink to={all}>Clear filters</ButtonLink>}
      />
    );
  }
  const words: Record<ExceptionTab, readonly [title: string, about: string]> = {
    open: [
      "No open exceptions",
      "Whatever was captured and reported agrees, is not due yet, or somebody has resolved it.",
    ],
    resolved: ["Nothing was resolved yet", "What people accept or write off is kept here, with who said so and why."],
    all: ["No captures and no report rows", "Neither side has anything yet."],
  };
  const [title, about] = words[tab];
  return (
    <Empty kind="nothing-yet" title={`${title} in ${environmentLabel[environment]}`}>
      {about}
    </Empty>
  );
}
