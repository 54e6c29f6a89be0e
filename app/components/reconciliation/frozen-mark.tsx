import { Link, useLocation } from "@remix-run/react";
import { CircleCheck, CircleX, Lock } from "lucide-react";
import type { Closing } from "~/domain/reconciliation/list-days.server.ts";
import type { Verified } from "~/domain/reconciliation/verify-day.server.ts";
import { buttonClass } from "../ui/button.tsx";
import { Copy } from "../ui/copy.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { counted } from "./amount-text.ts";

interface FrozenMarkProps {
  readonly closing: Closing;
  /** `null` until somebody asks for it. */
  readonly verified: Verified | null;
}

/** Who froze the figures, when, and by what anybody can tell that they are the same still. */
export function FrozenMark({ closing, verified }: FrozenMarkProps) {
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  params.set("verify", "1");
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-2">
          <Lock size={14} aria-hidden className="text-good" /> Closed
        </span>
      }
      id="closed"
      actions={
        <Link to={`${pathname}?${params}`} preventScrollReset className={buttonClass({ size: "sm" })}>
          Verify
        </Link>
      }
    >
      <Facts
        items={[
          { label: "By", value: closing.closedBy },
          { label: "At", value: <Time at={closing.closedAt} relative={false} /> },
          { label: "Zone", value: closing.zone },
          { label: "Open then", value: counted(closing.openExceptions, "exception") },
          {
            label: "Digest",
            value: (
              <span className="inline-flex max-w-full items-start gap-1">
                <span className="font-mono text-[12.5px] break-all">{closing.digest}</span>
                <Copy text={closing.digest} what="the digest" />
              </span>
            ),
          },
        ]}
      />
      {verified && <Outcome verified={verified} />}
      <p className="mt-2 text-sm text-muted">
        SHA-256 over what it put on record, in key order. Its figures change no more, whatever comes in.
      </p>
    </Panel>
  );
}

function Outcome({ verified: { isSame, rows, digest } }: { verified: Verified }) {
  const Icon = isSame ? CircleCheck : CircleX;
  return (
    <p role="status" className={`mt-2 flex items-start gap-1.5 text-sm ${isSame ? "text-good" : "text-bad"}`}>
      <Icon size={15} aria-hidden className="mt-0.5 shrink-0" />
      <span className="min-w-0">
        {isSame ? (
          `Verified: ${counted(rows, "row")} on record give the same digest and totals.`
        ) : (
          <>
            It does not hold: {counted(rows, "row")} on record give{" "}
            <span className="font-mono text-[12.5px] break-all">{digest}</span>, or other totals. Tell whoever runs this
            desk.
          </>
        )}
      </span>
    </p>
  );
}
