import { clsx } from "clsx";
import { useContext } from "react";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { pill } from "../ui/badge.tsx";
import { InsideLink } from "../ui/id.tsx";
import { softTone } from "../ui/tone.ts";
import { useCodeCard } from "./code-card.tsx";

interface CodeBadgeProps {
  readonly reading: CodeReading;
  /** What the code is, for the card's heading: "ECI". */
  readonly kind?: string;
}

/** A code and its word in one pill: `05 authenticated`, `N no match`, `– not sent`. Dotted underline: not sure. */
export function CodeBadge({ reading, kind }: CodeBadgeProps) {
  const insideLink = useContext(InsideLink);
  const card = useCodeCard(reading, kind);
  const blank = isBlank(reading);
  const look = clsx(pill, lookOf(reading), "max-w-[136px] align-middle");
  const content = (
    <>
      <span className={clsx("figures", !blank && "font-semibold")}>{blank ? "–" : reading.code}</span>{" "}
      <span
        className={clsx(
          "truncate font-normal",
          !reading.sure && "underline decoration-dotted decoration-1 underline-offset-3",
        )}
      >
        {reading.short}
      </span>
    </>
  );
  if (insideLink) return <span className={look}>{content}</span>;
  return (
    <button type="button" className={clsx(look, "cursor-help")} {...card}>
      {content}
    </button>
  );
}

/** What is as it should be stays quiet, so that the eye finds what is not. */
function lookOf(reading: CodeReading): string {
  if (isBlank(reading)) return "border-transparent text-faint";
  return reading.tone === "good" ? "border-line bg-surface text-good" : softTone[reading.tone];
}

function isBlank({ code }: CodeReading): boolean {
  return code === null || code === "";
}
