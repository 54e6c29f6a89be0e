import { Form, useLocation, useNavigate, useSearchParams, useSubmit } from "@remix-run/react";
import { clsx } from "clsx";
import { Search } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { paths } from "~/lib/paths.ts";
import { type Choice, sectionsOf } from "../search/choices.ts";
import { remember } from "../search/remember.ts";
import { SearchPopup } from "../search/search-popup.tsx";
import { useCombobox } from "../search/use-combobox.ts";
import { MAX_LENGTH, useSuggestions } from "../search/use-suggestions.ts";
import { useEnvironment } from "./frame-data.ts";

export const SEARCH_ID = "desk-search";

/**
 * Anything a person can paste, and what it leads to while they type. Underneath it is a plain GET form: it works before and
 * without JavaScript, and Enter on the text itself sends it.
 */
export function SearchBox() {
  const { environment } = useEnvironment();
  const { text, type, sent, isOpen, setOpen } = useText();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const optionId = (index: number) => `${listId}-option-${index}`;
  const suggesting = useSuggestions(text, environment, isOpen);
  const sections = suggesting.suggestions ? sectionsOf(suggesting.suggestions, environment) : [];
  const choices = sections.flatMap((section) => section.choices);
  const { active, setActive, onKey } = useCombobox(suggesting.suggestions, choices.length);
  const choose = useChoose(() => {
    sent();
    input.current?.blur();
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (!isOpen && isArrow) return setOpen(true);
    if (isOpen && event.key === "Escape") {
      event.preventDefault();
      return setOpen(false);
    }
    if (isOpen) onKey(event);
  }

  /** Enter: the marked choice, else the text. */
  function onSubmit(event: FormEvent) {
    const choice = isOpen ? choices[active] : undefined;
    if (choice) {
      event.preventDefault();
      choose(choice);
    } else if (text.trim() === "") event.preventDefault();
    else sent();
  }

  return (
    <search
      className={clsx("relative min-w-0 max-w-[420px] flex-1", isOpen && phoneSheet)}
      onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && sent()}
    >
      <div className="flex items-center gap-2">
        <Form method="get" action={paths.search()} className="relative min-w-0 flex-1" onSubmit={onSubmit}>
          <Search size={14} aria-hidden className="pointer-events-none absolute top-[9px] left-2.5 text-faint" />
          <input
            ref={input}
            id={SEARCH_ID}
            type="search"
            name="q"
            role="combobox"
            aria-label="Search"
            aria-expanded={isOpen}
            aria-controls={isOpen ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && active >= 0 ? optionId(active) : undefined}
            autoComplete="off"
            autoCorrect="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={MAX_LENGTH}
            value={text}
            onChange={({ target }) => type(target.value)}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
            placeholder="Any id, reference, e-mail, card, amount or day"
            className="control w-full py-[5px] pl-8"
          />
          <input type="hidden" name="environment" value={environment} />
          {!isOpen && text === "" && (
            <kbd className="pointer-events-none absolute top-[7px] right-2 hidden rounded-sm border border-line bg-surface px-1 text-xs text-faint md:block">
              /
            </kbd>
          )}
        </Form>
        {isOpen && (
          <button type="button" className="h-8 px-2 text-sm text-accent sm:hidden" onClick={() => setOpen(false)}>
            Close
          </button>
        )}
      </div>
      {isOpen && (
        <SearchPopup
          listId={listId}
          text={text}
          sections={sections}
          suggesting={suggesting}
          active={active}
          optionId={optionId}
          onHover={setActive}
          onChoose={choose}
          onForgotten={() => setOpen(false)}
        />
      )}
    </search>
  );
}

/** On a phone the open box takes the screen. */
const phoneSheet =
  "max-sm:fixed max-sm:inset-0 max-sm:z-50 max-sm:max-w-none max-sm:overflow-hidden max-sm:bg-surface max-sm:p-2";

/**
 * What the box says: what the page was searched by, until somebody types. What is typed while a page is still on its way stays
 * when that page arrives; only what was sent, or left behind, gives way.
 */
function useText() {
  const [params] = useSearchParams();
  const asked = params.get("q") ?? "";
  const { key } = useLocation();
  const [text, setText] = useState(asked);
  const [isOpen, setOpen] = useState(false);
  const isBeingTyped = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins anew, even when searched by the same
  useEffect(() => {
    if (isBeingTyped.current) return;
    setText(asked);
    setOpen(false);
  }, [asked, key]);

  function type(next: string) {
    isBeingTyped.current = true;
    setText(next);
    setOpen(true);
  }
  function sent() {
    isBeingTyped.current = false;
    setOpen(false);
  }
  return { text, type, sent, isOpen, setOpen };
}

function useChoose(done: () => void) {
  const navigate = useNavigate();
  const submit = useSubmit();
  return (choice: Choice) => {
    done();
    if (choice.type === "ask") {
      submit({ id: choice.id, environment: choice.environment }, { method: "post", action: paths.ask() });
      return;
    }
    if (choice.type === "target") remember(choice.target);
    navigate(choice.type === "target" ? choice.target.href : choice.href);
  };
}
