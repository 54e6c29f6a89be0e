import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { Check, CircleDashed, Hourglass, Minus, X } from "lucide-react";
import type { StoryChapter, StoryEntry, StoryState } from "~/domain/sessions/session-story.ts";
import { paths } from "~/lib/paths.ts";
import { Time } from "../ui/time.tsx";
import { ExchangeView } from "./exchange-view.tsx";

const look: Record<StoryState, { readonly icon: typeof Check; readonly mark: string; readonly word: string }> = {
  done: { icon: Check, mark: "bg-good-soft text-good border-good-line", word: "done" },
  now: { icon: Hourglass, mark: "bg-waiting-soft text-waiting border-waiting-line", word: "in progress" },
  later: { icon: CircleDashed, mark: "bg-surface text-faint border-line", word: "later" },
  skipped: { icon: Minus, mark: "bg-unknown-soft text-unknown border-unknown-line", word: "not needed" },
  bad: { icon: X, mark: "bg-bad-soft text-bad border-bad-line", word: "needs a look" },
};

/** Session → CVN → 3-D Secure → return → webhook: each with its time, and what was sent and answered one click away. */
export function SessionStepper({ chapters }: { chapters: readonly StoryChapter[] }) {
  return (
    <ol aria-label="Steps" className="flex flex-col">
      {chapters.map((chapter, index) => (
        <Step key={chapter.name} chapter={chapter} isLast={index === chapters.length - 1} />
      ))}
    </ol>
  );
}

function Step({ chapter, isLast }: { chapter: StoryChapter; isLast: boolean }) {
  const { icon: Icon, mark, word } = look[chapter.state];
  return (
    <li
      id={`step-${chapter.name}`}
      data-state={chapter.state}
      aria-current={chapter.state === "now" ? "step" : undefined}
      className="relative flex gap-3 pb-4 last:pb-0"
    >
      {!isLast && <span aria-hidden className="absolute top-7 bottom-0 left-[13px] border-l border-line" />}
      <span className={clsx("flex size-7 shrink-0 items-center justify-center rounded-full border", mark)}>
        <Icon size={14} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold">{chapter.label}</span>
          <span className="sr-only">{word}</span>
          <span className="text-muted">{chapter.text}</span>
          {chapter.at !== null && (
            <span className="ml-auto text-sm text-muted">
              <Time at={chapter.at} relative={false} seconds />
            </span>
          )}
        </p>
        {chapter.entries.length > 0 && (
          <ul className="mt-1 flex flex-col gap-1">
            {chapter.entries.map((entry) => (
              <Entry key={`${entry.at} ${entry.text}`} entry={entry} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function Entry({ entry }: { entry: StoryEntry }) {
  return (
    <li className="text-sm">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        {entry.eventId ? (
          <Link to={paths.webhook(entry.eventId)} className="text-accent hover:underline">
            {entry.text}
          </Link>
        ) : (
          <span className="break-words">{entry.text}</span>
        )}
        <span className="text-muted">
          <Time at={entry.at} relative={false} seconds />
        </span>
      </span>
      {entry.exchange && <ExchangeView exchange={entry.exchange} />}
    </li>
  );
}
