import { Link } from "@remix-run/react";
import type { StoryChapter, StoryEntry, StoryState } from "~/domain/sessions/session-story.ts";
import { paths } from "~/lib/paths.ts";
import { Stepper, type StepState } from "../ui/stepper.tsx";
import { Time } from "../ui/time.tsx";
import { ExchangeView } from "./exchange-view.tsx";

const stepState: Record<StoryState, StepState> = {
  done: "done",
  now: "current",
  later: "waiting",
  skipped: "skipped",
  bad: "failed",
};

/** Session → CVN → 3-D Secure → return → webhook: each with its time, and what was sent and answered one click away. */
export function SessionStepper({ chapters }: { chapters: readonly StoryChapter[] }) {
  const steps = chapters.map((chapter) => ({
    id: `step-${chapter.name}`,
    title: chapter.label,
    state: stepState[chapter.state],
    at: chapter.at,
    text: <ChapterText chapter={chapter} />,
  }));
  return <Stepper label="Steps" steps={steps} />;
}

function ChapterText({ chapter }: { chapter: StoryChapter }) {
  return (
    <>
      <p>{chapter.text}</p>
      {chapter.entries.length > 0 && (
        <ul className="mt-1 flex flex-col gap-1">
          {chapter.entries.map((entry) => (
            <Entry key={`${entry.at} ${entry.text}`} entry={entry} />
          ))}
        </ul>
      )}
    </>
  );
}

function Entry({ entry }: { entry: StoryEntry }) {
  return (
    <li>
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        {entry.eventId ? (
          <Link to={paths.webhook(entry.eventId)} className="link">
            {entry.text}
          </Link>
        ) : (
          <span className="break-words text-ink">{entry.text}</span>
        )}
        <Time at={entry.at} relative={false} seconds />
      </span>
      {entry.exchange && <ExchangeView exchange={entry.exchange} />}
    </li>
  );
}
