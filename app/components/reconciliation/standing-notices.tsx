import type { LastMatch } from "~/domain/reconciliation/last-match.server.ts";
import { Notice } from "../ui/notice.tsx";
import { counted } from "./amount-text.ts";

interface StandingNoticesProps {
  readonly match: LastMatch;
  readonly isLimited: boolean;
}

/** What has to be known before any figure on the page is believed. */
export function StandingNotices({ match: { run, importing, since, isUnderWay }, isLimited }: StandingNoticesProps) {
  const waiting = [
    importing > 0 && `${counted(importing, "report")} being read`,
    since.unmatchedRows > 0 && `${counted(since.unmatchedRows, "row")} not matched yet`,
  ].filter(Boolean);
  return (
    <>
      {run && !run.check.isWhole && (
        <Notice tone="bad" title="The last match does not add up">
          Its check, under the days of Reconciliation, names what differs. Do not rely on these figures before it does:
          match again, and tell whoever runs this desk when it stays so.
        </Notice>
      )}
      {waiting.length > 0 && (
        <Notice tone="waiting" title={`On the way in: ${waiting.join(", ")}`}>
          They are in no figure here yet.
        </Notice>
      )}
      {waiting.length === 0 && isUnderWay && (
        <Notice tone="waiting" title={run ? "A match is under way" : "The first match is under way"}>
          Figures and classes change until it is done.
        </Notice>
      )}
      {isLimited && (
        <Notice tone="unknown" title="Only your businesses">
          Every figure here leaves the others out, and so does every list.
        </Notice>
      )}
    </>
  );
}
