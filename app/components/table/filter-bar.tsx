import { Link, useLocation } from "@remix-run/react";
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { FilterChip } from "./filter-chip.tsx";
import { FilterForm } from "./filter-form.tsx";
import { valuesOf, withoutParams } from "./filter-links.ts";
import { type FilterSpec, namesOf } from "./filter-spec.ts";
import { MoreFilters } from "./more-filters.tsx";

interface FilterBarProps {
  readonly filters: readonly FilterSpec[];
  /** The list's own text search, param `q`. */
  readonly search?: { readonly label: string; readonly placeholder?: string };
  /** What the list is of before any filter: its environment. */
  readonly context?: ReactNode;
}

/**
 * A list's filters as chips. Each is a form of its own that sends the whole URL again with its part changed, so it works
 * without JavaScript, and a link to the page is a saved view. The chips in use are always in the row.
 */
export function FilterBar({ filters, search, context }: FilterBarProps) {
  const location = useLocation();
  const isUsed = (filter: FilterSpec) => namesOf(filter).some((name) => valuesOf(location.search, name).length > 0);
  const inRow = filters.filter((filter) => !filter.more || isUsed(filter));
  const others = filters.filter((filter) => !inRow.includes(filter));
  const names = filters.flatMap(namesOf).concat(search ? ["q"] : []);
  const active = names.some((name) => valuesOf(location.search, name).length > 0);
  return (
    // A filter that was applied has done its work: a new URL draws the chips anew, closed.
    <search key={location.search} className="mb-3 flex flex-wrap items-center gap-2" data-filter-bar="">
      {search && <SearchForm {...search} />}
      {context}
      {inRow.map((filter) => (
        <FilterChip key={filter.label} filter={filter} />
      ))}
      {others.length > 0 && <MoreFilters filters={others} />}
      {active && (
        <Link to={location.pathname + withoutParams(location.search, [...names, "view"])} className="link px-1 text-sm">
          Clear filters
        </Link>
      )}
    </search>
  );
}

function SearchForm({ label, placeholder }: { label: string; placeholder?: string }) {
  const { search } = useLocation();
  return (
    <FilterForm names={["q"]} className="relative">
      <Search size={14} aria-hidden className="pointer-events-none absolute top-[7px] left-2 text-faint" />
      <input
        type="search"
        name="q"
        aria-label={label}
        placeholder={placeholder ?? label}
        defaultValue={valuesOf(search, "q")[0]}
        maxLength={240}
        className="control h-7 min-h-0 w-[190px] py-0 pl-7 text-sm"
      />
    </FilterForm>
  );
}
