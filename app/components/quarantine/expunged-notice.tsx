import type { Marks } from "~/domain/quarantine/find-marks.server.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";

/** In place of a body that was taken out: never a blank. */
export function ExpungedNotice({ expunged }: { expunged: NonNullable<Marks["expunged"]> }) {
  const { at, by, reason, digest, size } = expunged;
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
