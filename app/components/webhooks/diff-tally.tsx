import { Link } from "@remix-run/react";
import { ArrowLeftRight } from "lucide-react";
import type { ReactNode } from "react";
import type { BodyDiff, DiffKind } from "~/domain/webhooks/body-diff.ts";
import { ButtonLink } from "../ui/button.tsx";

interface DiffTallyProps {
  readonly counts: BodyDiff["counts"];
  readonly wantsAll: boolean;
  /** Where each choice of what is shown leads. */
  readonly differencesPath: string;
  readonly allPath: string;
  readonly swapPath: string;
  readonly copy: ReactNode;
}

const words: readonly (readonly [DiffKind, string])[] = [
  ["changed", "changed"],
  ["type changed", "of another type"],
  ["added", "only on the right"],
  ["removed", "only on the left"],
  ["same", "alike"],
];

/** How many of each, and what of it is to be seen. */
export function DiffTally({ counts, wantsAll, copy, ...to }: DiffTallyProps) {
  const told = words.filter(([kind]) => counts[kind] > 0 || kind === "same");
  return (
    <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
      <p className="figures text-sm text-muted">
        {told.map(([kind, word], index) => (
          <span key={kind}>
            {index > 0 && " · "}
            <span className={kind === "same" ? undefined : "font-medium text-ink"}>
              {counts[kind].toLocaleString("en")} {word}
            </span>
          </span>
        ))}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {copy}
        <ButtonLink to={to.swapPath} size="sm" replace>
          <ArrowLeftRight size={13} aria-hidden /> Swap
        </ButtonLink>
        <nav aria-label="What is shown" className="flex overflow-hidden rounded-md border border-line-strong text-sm">
          <Choice to={to.differencesPath} on={!wantsAll} text="Only differences" />
          <Choice to={to.allPath} on={wantsAll} text="Every field" />
        </nav>
      </div>
    </div>
  );
}

function Choice({ to, on, text }: { readonly to: string; readonly on: boolean; readonly text: string }) {
  return (
    <Link
      to={to}
      replace
      preventScrollReset
      aria-current={on ? "true" : undefined}
      className={`flex h-6.5 items-center px-2.5 ${on ? "bg-selected font-medium" : "bg-surface text-muted hover:text-ink"}`}
    >
      {text}
    </Link>
  );
}
