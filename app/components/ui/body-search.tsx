import { ChevronDown, ChevronUp, Search } from "lucide-react";
import type { Matches } from "./text-matches.ts";

interface BodySearchProps {
  readonly label: string;
  readonly query: string;
  readonly matches: Matches;
  /** Place of the match one stands at; -1 before the first step. */
  readonly current: number;
  readonly onQuery: (query: string) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** Searching in one body: how many, and from one to the next by Enter or the arrows. */
export function BodySearch({ label, query, matches, current, onQuery, onStep }: BodySearchProps) {
  const count = matches.all.length;
  return (
    <span className="flex items-center gap-1">
      <label className="relative">
        <span className="sr-only">Search in {label}</span>
        <Search size={13} aria-hidden className="pointer-events-none absolute top-[7px] left-2 text-faint" />
        <input
          type="search"
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            onStep(event.shiftKey ? -1 : 1);
          }}
          placeholder="Search"
          className="control h-7 min-h-0 w-[160px] py-0 pl-7 text-sm"
        />
      </label>
      {query !== "" && (
        <>
          <output className="figures px-1 text-sm whitespace-nowrap text-muted">{countText(matches, current)}</output>
          <StepButton text="Previous match" Icon={ChevronUp} disabled={count === 0} onClick={() => onStep(-1)} />
          <StepButton text="Next match" Icon={ChevronDown} disabled={count === 0} onClick={() => onStep(1)} />
        </>
      )}
    </span>
  );
}

function countText({ all, isCut }: Matches, current: number): string {
  if (all.length === 0) return "no match";
  const count = `${all.length.toLocaleString("en")}${isCut ? "+" : ""}`;
  if (current >= 0) return `${current + 1} of ${count}`;
  return `${count} ${all.length === 1 ? "match" : "matches"}`;
}

interface StepButtonProps {
  readonly text: string;
  readonly Icon: typeof ChevronUp;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function StepButton({ text, Icon, disabled, onClick }: StepButtonProps) {
  return (
    <button
      type="button"
      title={text}
      aria-label={text}
      disabled={disabled}
      onClick={onClick}
      className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink disabled:opacity-50"
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}
