import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { ChevronDown, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { FilterForm } from "./filter-form.tsx";
import { valuesOf, withoutParams } from "./filter-links.ts";
import type { FilterOption, FilterSpec } from "./filter-spec.ts";

type CodesFilter = Extract<FilterSpec, { kind: "codes" }>;

/** One filter: a chip that says what it holds, opens its form below, and can be taken off. */
export function FilterChip({ filter, names }: { filter: FilterSpec; names: readonly string[] }) {
  const { pathname, search } = useLocation();
  const details = useRef<HTMLDetailsElement>(null);
  const summary = filter.kind === "codes" ? codesText(filter, search) : daysText(search);

  // Leaving a chip, by mouse or by key, closes it; so does Escape, which gives the focus back.
  useEffect(() => {
    function onLeave(event: Event) {
      const inside = event.target instanceof Node && details.current?.contains(event.target);
      if (details.current?.open && !inside) details.current.open = false;
    }
    document.addEventListener("pointerdown", onLeave);
    document.addEventListener("focusin", onLeave);
    return () => {
      document.removeEventListener("pointerdown", onLeave);
      document.removeEventListener("focusin", onLeave);
    };
  }, []);
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape" || !details.current?.open) return;
    details.current.open = false;
    details.current.querySelector("summary")?.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the controls of a form; this holds a form
    <div role="group" aria-label={`Filter ${filter.label}`} className="relative flex" onKeyDown={onKeyDown}>
      <details ref={details} name="filters" className="group">
        <summary
          className={clsx(
            "flex h-7 items-center gap-1.5 border px-2 text-sm select-none hover:bg-hover group-open:bg-hover",
            summary
              ? "rounded-l-md border-accent bg-selected text-ink"
              : "rounded-md border-dashed border-line-strong text-muted",
          )}
        >
          {filter.label}
          {summary ? (
            <span className="max-w-[260px] truncate font-medium">{summary}</span>
          ) : (
            <ChevronDown size={13} aria-hidden />
          )}
        </summary>
        <div className="lifted absolute top-8 left-0 z-30 w-[280px] max-w-[calc(100vw-32px)] p-3">
          <FilterForm names={names} className="flex flex-col gap-3">
            {filter.kind === "codes" ? <CodeChoices filter={filter} search={search} /> : <DayFields search={search} />}
            <Button tone="primary" size="sm" className="self-start">
              Apply
            </Button>
          </FilterForm>
        </div>
      </details>
      {summary && (
        <Link
          to={pathname + withoutParams(search, names)}
          aria-label={`Remove filter ${filter.label}`}
          className="flex h-7 w-7 items-center justify-center rounded-r-md border border-l-0 border-accent bg-selected text-muted hover:text-ink"
        >
          <X size={13} aria-hidden />
        </Link>
      )}
    </div>
  );
}

function CodeChoices({ filter, search }: { filter: CodesFilter; search: string }) {
  const chosen = valuesOf(search, filter.name);
  const offered = new Set(filter.options.map((option) => option.value));
  const typed: readonly FilterOption[] = chosen
    .filter((value) => !offered.has(value))
    .map((value) => ({ value, label: value }));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">{filter.label}</legend>
      <div className="flex max-h-[280px] flex-col gap-0.5 overflow-auto">
        {[...typed, ...filter.options].map((option) => (
          <label key={option.value} className="flex min-h-7 items-center gap-2 rounded-sm px-1 text-sm hover:bg-hover">
            <input
              type="checkbox"
              name={filter.name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
            />
            <span className="min-w-0 truncate">{option.label}</span>
          </label>
        ))}
      </div>
      {!filter.closed && (
        <input
          name={filter.name}
          aria-label={`Another ${filter.label} code`}
          placeholder="Another code"
          maxLength={120}
          autoComplete="off"
          className="control h-7 min-h-0 py-0 text-sm"
        />
      )}
    </fieldset>
  );
}

function DayFields({ search }: { search: string }) {
  return (
    <>
      <DayField name="from" label="From" search={search} />
      <DayField name="to" label="To" search={search} />
      <p className="text-xs text-muted">Days in your time zone, both included.</p>
    </>
  );
}

/** A day has a calendar; an instant came from a link and stays as it is written. */
function DayField({ name, label, search }: { name: "from" | "to"; label: string; search: string }) {
  const value = valuesOf(search, name)[0] ?? "";
  const isInstant = value.includes("T");
  return (
    <label className="flex items-center justify-between gap-3 text-sm">
      {label}
      <input
        type={isInstant ? "text" : "date"}
        name={name}
        defaultValue={value}
        className="control h-7 min-h-0 w-[200px] py-0 text-sm"
      />
    </label>
  );
}

function codesText(filter: CodesFilter, search: string): string {
  const words = new Map(filter.options.map((option) => [option.value, option.label]));
  return valuesOf(search, filter.name)
    .map((value) => words.get(value) ?? value)
    .join(", ");
}

function daysText(search: string): string {
  const [from] = valuesOf(search, "from");
  const [to] = valuesOf(search, "to");
  if (from && to) return from === to ? from : `${from} to ${to}`;
  return from ? `from ${from}` : to ? `to ${to}` : "";
}
