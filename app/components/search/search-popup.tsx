import { Form, Link } from "@remix-run/react";
import { clsx } from "clsx";
import { CornerDownLeft, HelpCircle, ListFilter } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { announcement, type Choice, type Section } from "./choices.ts";
import { HitLine } from "./hit-line.tsx";
import type { Suggesting } from "./use-suggestions.ts";

interface SearchPopupProps {
  readonly listId: string;
  readonly text: string;
  readonly sections: readonly Section[];
  readonly suggesting: Suggesting;
  readonly active: number;
  readonly optionId: (index: number) => string;
  readonly onHover: (index: number) => void;
  readonly onChoose: (choice: Choice) => void;
  readonly onForgotten: () => void;
}

/** The list under the search box. The focus stays in the box; what lies under the arrow keys is only marked. */
export function SearchPopup(props: SearchPopupProps) {
  const { listId, text, sections, suggesting } = props;
  const isRecent = sections[0]?.id === "recent";
  let index = 0;
  return (
    <div className="lifted absolute top-full left-0 z-50 mt-1 flex max-h-[min(72vh,680px)] w-[600px] max-w-[calc(100vw-72px)] flex-col overflow-hidden max-sm:static max-sm:mt-2 max-sm:max-h-[calc(100dvh-64px)] max-sm:w-full max-sm:max-w-none max-sm:border-0 max-sm:shadow-none">
      <div
        id={listId}
        role="listbox"
        aria-label="Found"
        aria-busy={suggesting.state === "searching"}
        className="min-h-0 overflow-y-auto overscroll-contain"
      >
        {sections.map((section) => {
          const first = index;
          index += section.choices.length;
          return <SectionGroup key={section.id} {...props} section={section} first={first} />;
        })}
      </div>
      {sections.length === 0 && <Instead text={text} suggesting={suggesting} />}
      <footer className="flex h-9 shrink-0 items-center justify-between gap-3 border-t border-line px-3 text-xs text-muted">
        {isRecent ? <ForgetRecent onForgotten={props.onForgotten} /> : <Keys />}
        {isRecent && <Keys />}
      </footer>
      <p role="status" className="sr-only">
        {suggesting.state === "idle" && suggesting.suggestions && announcement(suggesting.suggestions)}
      </p>
    </div>
  );
}

function SectionGroup({
  section,
  first,
  listId,
  active,
  optionId,
  onHover,
  onChoose,
}: SearchPopupProps & { section: Section; first: number }) {
  const titleId = `${listId}-${section.id}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, not fieldsets
    <div role="group" aria-labelledby={section.title ? titleId : undefined} className="border-line not-first:border-t">
      {section.title && (
        <p id={titleId} className="truncate px-3 pt-2 pb-1 text-xs font-medium text-muted">
          {section.title}
        </p>
      )}
      {section.choices.map((choice, offset) => (
        <Option
          key={choice.key}
          id={optionId(first + offset)}
          choice={choice}
          isActive={active === first + offset}
          onHover={() => onHover(first + offset)}
          onChoose={() => onChoose(choice)}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly onHover: () => void;
  readonly onChoose: () => void;
}

function Option({ id, choice, isActive, onHover, onChoose }: OptionProps) {
  const ref = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    <Link
      ref={ref}
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      to={hrefOf(choice)}
      className={clsx("block px-3 py-1.5 text-sm text-ink", isActive && "bg-selected")}
      onMouseMove={isActive ? undefined : onHover}
      onClick={(event) => {
        // With a modifier the browser opens it beside, as it does with any link.
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onChoose();
      }}
    >
      {choice.type === "target" ? (
        <HitLine target={choice.target} reason={choice.reason} />
      ) : (
        <span className="flex items-center gap-2.5 font-medium text-accent">
          {choice.type === "ask" ? <HelpCircle size={15} aria-hidden /> : <ListFilter size={15} aria-hidden />}
          {choice.text}
        </span>
      )}
    </Link>
  );
}

/** To ask is a form: opened beside, it is the page that offers it. */
function hrefOf(choice: Choice): string {
  if (choice.type === "target") return choice.target.href;
  return choice.type === "link" ? choice.href : `${paths.search()}?q=${encodeURIComponent(choice.id)}`;
}

/** What is said when there is no line to choose. */
function Instead({ text, suggesting: { state, suggestions } }: Pick<SearchPopupProps, "text" | "suggesting">) {
  if (state === "failed") return <Words>Search does not answer. Press Enter to open the results as a page.</Words>;
  if (!suggestions) return <Words>Searching…</Words>;
  const { answer } = suggestions;
  if (answer?.unknown) return <Words>No {answer.unknown.noun} here has this id.</Words>;
  if (answer && text.trim() !== "") return <Words>Nothing found for “{answer.text}”.</Words>;
  return (
    <Words>Any id or a link with one inside, RRN, reference, e-mail, amount, “yesterday”, “18 Dec”, card ending.</Words>
  );
}

function Words({ children }: { children: ReactNode }) {
  return <p className="px-3 py-3 text-sm break-words text-muted">{children}</p>;
}

function Keys() {
  return (
    <span className="ml-auto hidden items-center gap-1.5 sm:flex">
      <kbd>↑</kbd>
      <kbd>↓</kbd> to choose, <CornerDownLeft size={12} aria-label="Enter" /> to open, <kbd>Esc</kbd> to close
    </span>
  );
}

function ForgetRecent({ onForgotten }: { onForgotten: () => void }) {
  return (
    <Form method="post" action={paths.lookups()} navigate={false} onSubmit={onForgotten}>
      <input type="hidden" name="intent" value="forget" />
      <Button type="submit" tone="quiet" size="sm">
        Forget look-ups
      </Button>
    </Form>
  );
}
