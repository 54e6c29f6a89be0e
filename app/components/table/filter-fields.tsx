import { Link, useLocation } from "@remix-run/react";
import { searchWith, valuesOf } from "./filter-links.ts";
import type { CodesFilter, FilterOption, FilterSpec } from "./filter-spec.ts";

/** The controls of one filter, for whichever form they stand in. */
export function FilterFields({ filter }: { filter: FilterSpec }) {
  const { search } = useLocation();
  if (filter.kind === "codes") return <CodeChoices filter={filter} search={search} />;
  return filter.kind === "days" ? <DayFields search={search} zone={filter.zone} /> : <AmountFields search={search} />;
}

function CodeChoices({ filter, search }: { filter: CodesFilter; search: string }) {
  const { pathname } = useLocation();
  const chosen = valuesOf(search, filter.name);
  const offered = new Set(filter.options.map((option) => option.value));
  const typed: readonly FilterOption[] = chosen
    .filter((value) => !offered.has(value))
    .map((value) => ({ value, label: value }));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">{filter.label}</legend>
      {filter.together && (
        <Link to={pathname + searchWith(search, filter.name, filter.together.values)} className="link px-1 text-sm">
          {filter.together.label}
        </Link>
      )}
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

function DayFields({ search, zone }: { search: string; zone?: string }) {
  return (
    <div className="flex flex-col gap-3">
      <DayField name="from" label="From" search={search} />
      <DayField name="to" label="To" search={search} />
      <p className="text-xs text-muted">Days in {zone ?? "your time zone"}, both included.</p>
    </div>
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

function AmountFields({ search }: { search: string }) {
  return (
    <div className="flex flex-col gap-3">
      <AmountField name="amount_min" label="At least" search={search} />
      <AmountField name="amount_max" label="At most" search={search} />
      <p className="text-xs text-muted">
        Plain digits, 10000 or 10000.50, both ends included. In every currency unless one is chosen.
      </p>
    </div>
  );
}

function AmountField({ name, label, search }: { name: string; label: string; search: string }) {
  return (
    <label className="flex items-center justify-between gap-3 text-sm">
      {label}
      <input
        name={name}
        inputMode="decimal"
        pattern="\s*\d{1,13}(\.\d{1,4})?\s*"
        title="Plain digits: 10000 or 10000.50"
        autoComplete="off"
        defaultValue={valuesOf(search, name)[0]}
        className="control h-7 min-h-0 w-[160px] py-0 text-right text-sm"
      />
    </label>
  );
}
