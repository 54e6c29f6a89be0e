import type { Obstacle } from "~/domain/sessions/new-session-page.server.ts";
import type { SessionPage } from "~/domain/sessions/session-page.server.ts";
import { Notice } from "../ui/notice.tsx";

interface SessionNoticesProps {
  readonly page: SessionPage;
  readonly isOpen: boolean;
  readonly isPastExpiry: boolean;
  readonly isMine: boolean;
  readonly isFinished: boolean;
  readonly mayStart: boolean;
  readonly obstacles: readonly Obstacle[];
}

/** What somebody looking at this session has to know and would not see from its steps. */
export function SessionNotices(props: SessionNoticesProps) {
  const { page, isOpen, isPastExpiry, isMine, mayStart, obstacles } = props;
  const leversRefused = page.steps.some((one) => one.outcome === "levers_refused");
  const isBack = page.steps.some((one) => one.step === "return" && one.outcome === "success");
  const isUntold = isBack && page.tries.some((one) => one.status === "UNKNOWN" || one.status === "REQUIRES_ACTION");
  return (
    <>
      {isPastExpiry && (
        <Notice tone="look" title="Past its expiry">
          No word of its end has come yet: the session is still open as far as Xendit has told.
        </Notice>
      )}
      {leversRefused && (
        <Notice tone="look" title="The levers were not taken">
          The sandbox runs this session with its own choices. The first step shows what it answered.
        </Notice>
      )}
      {isUntold && (
        <Notice tone="waiting" title="Back from 3-D Secure; the result is on its way">
          A browser that comes back is never proof of a payment. The webhook tells, or the API when asked.
        </Notice>
      )}
      {isOpen && page.test && !isMine && mayStart && (
        <Notice tone="unknown" title="Somebody else's test session">
          Only who started it can enter the CVN.
        </Notice>
      )}
      {isOpen &&
        obstacles.map((obstacle) => (
          <Notice key={obstacle.title} tone="look" title={obstacle.title}>
            {obstacle.text}
          </Notice>
        ))}
    </>
  );
}
