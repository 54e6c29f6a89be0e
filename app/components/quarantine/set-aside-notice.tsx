import type { Mark } from "~/domain/quarantine/quarantine-queries.server.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";

/** On the page of an event that needs no more work. */
export function SetAsideNotice({ setAside: { at, by, reason } }: { setAside: Mark }) {
  return (
    <Notice
      tone="unknown"
      title={
        <>
          Set aside <Time at={at} relative={false} /> by {by ?? "somebody removed since"}
        </>
      }
    >
      Because: <span className="break-words">{reason}</span>
    </Notice>
  );
}
