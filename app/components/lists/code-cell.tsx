import type { CodeReading } from "~/xendit/codes/reading.ts";
import { CodeBadge } from "../codes/code-badge.tsx";

/** A code in a column: a long word is cut so that the columns behind it stay on the screen; its card has it whole. */
export function CodeCell({ kind, reading }: { kind: string; reading: CodeReading }) {
  return (
    <div className="flex max-w-[112px]">
      <CodeBadge kind={kind} reading={reading} />
    </div>
  );
}
