import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { type BusinessDay, formatDay } from "~/lib/time.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

interface UnreportedNoticeProps {
  readonly day: BusinessDay;
  readonly environment: Environment;
  readonly canImport: boolean;
}

/** Before anybody looks for money that no report was asked about. */
export function UnreportedNotice({ day, environment, canImport }: UnreportedNoticeProps) {
  return (
    <Notice
      tone="look"
      title={`No report that was read covers ${formatDay(day)}`}
      action={
        canImport && (
          <ButtonLink size="sm" to={withParams(paths.reconciliationImports(), { environment })}>
            Import one
          </ButtonLink>
        )
      }
    >
      What no row names counts as missing in the report until a report that covers the day is imported.
    </Notice>
  );
}
