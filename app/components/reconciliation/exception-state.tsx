import { Check, CircleDot, Minus, RotateCcw } from "lucide-react";
import type { ExceptionRow } from "~/domain/reconciliation/exception-list.server.ts";
import { Badge } from "../ui/badge.tsx";

type Stated = Pick<ExceptionRow, "state" | "resolution" | "reason" | "about" | "digest">;

/** Where an exception stands. One that was resolved about other facts than today's is open again, and says so. */
export function ExceptionState({ of }: { of: Stated }) {
  const { state, resolution, reason, about, digest } = of;
  if (state === "none") {
    return (
      <Badge tone="unknown" icon={Minus} title="It calls for nobody's work">
        No work
      </Badge>
    );
  }
  if (state === "resolved") {
    return (
      <Badge tone="good" icon={Check} title={reason ?? undefined}>
        {resolution === "written_off" ? "Written off" : "Accepted"}
      </Badge>
    );
  }
  const isAgain = resolution !== null && about !== digest;
  return isAgain ? (
    <Badge tone="look" icon={RotateCcw} title="It was resolved, and its facts changed since">
      Open again
    </Badge>
  ) : (
    <Badge tone="waiting" icon={CircleDot}>
      Open
    </Badge>
  );
}
