import type { Mark } from "~/domain/quarantine/quarantine-queries.server.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";

interface ExpungedNoticeProps {
  readonly expunged: Mark;
  /** SHA-256 and size in bytes of what it was. */
  readonly digest: string;
  readonly size: number;
}

/** In place of a body that was taken out: never a blank. */
export function ExpungedNotice({ expunged: { at, by, reason }, digest, size }: ExpungedNoticeProps) {
  return (
    <Notice
      tone="look"
      title={
        <>
          Expunged <Time at={at} relative={false} /> by {by ?? "somebody removed since"}
        </>
      }
    >
      <p>
        Because: <span className="break-words">{reason}</span>
      </p>
      <p className="mt-1">
        Its {size.toLocaleString("en")} bytes are gone for good and tell of no payment any more. SHA-256 of what they
        were: <span className="font-mono text-[12.5px] break-all">{digest}</span>
      </p>
    </Notice>
  );
}
