import { Link } from "@remix-run/react";
import type { ProcessedAgain } from "~/domain/quarantine/processed-again.server.ts";
import { reasonTitle } from "~/domain/quarantine/quarantine.ts";
import { paths } from "~/lib/paths.ts";
import { useRefresh } from "../live/use-refresh.ts";
import { Notice } from "../ui/notice.tsx";

/** What came of processing again: what left quarantine, what is still in it and why. Follows it while it runs. */
export function ProcessedAgainNotice({ result }: { result: ProcessedAgain }) {
  const { replayId, total, waiting, mended, still } = result;
  useRefresh(waiting > 0);
  const stillCount = still.reduce((sum, { count }) => sum + count, 0);
  const tone = waiting > 0 ? "waiting" : stillCount > 0 ? "look" : "good";
  return (
    <Notice
      tone={tone}
      title={
        waiting > 0 ? `Processing again: ${figure(total - waiting)} of ${figure(total)}` : summary(mended, stillCount)
      }
      action={
        <Link to={paths.replay(replayId)} className="link text-sm">
          Each one
        </Link>
      }
    >
      {stillCount > 0 && (
        <p>{still.map(({ reason, count }) => `${figure(count)} ${reasonTitle(reason).toLowerCase()}`).join(", ")}</p>
      )}
    </Notice>
  );
}

function summary(mended: number, still: number): string {
  if (still === 0) return `${figure(mended)} processed now, none still quarantined`;
  return `${figure(mended)} processed now, ${figure(still)} still quarantined`;
}

function figure(count: number): string {
  return count.toLocaleString("en");
}
