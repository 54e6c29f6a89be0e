import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { ChevronDown, X } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Dropdown } from "./dropdown.tsx";
import { FilterFields } from "./filter-fields.tsx";
import { FilterForm } from "./filter-form.tsx";
import { withoutParams } from "./filter-links.ts";
import { type FilterSpec, namesOf } from "./filter-spec.ts";
import { filterText } from "./filter-text.ts";

const chip = "flex h-7 items-center gap-1.5 border px-2 text-sm select-none hover:bg-hover group-open:bg-hover";
export const emptyChip = clsx(chip, "rounded-md border-dashed border-line-strong text-muted");
const usedChip = clsx(chip, "rounded-l-md border-accent bg-selected text-ink");

/** One filter: a chip that says what it holds, opens its form below, and can be taken off. */
export function FilterChip({ filter }: { filter: FilterSpec }) {
  const { pathname, search } = useLocation();
  const names = namesOf(filter);
  const text = filterText(filter, search);
  return (
    <Dropdown
      label={`Filter ${filter.label}`}
      summaryClass={text ? usedChip : emptyChip}
      summary={
        <>
          {filter.label}
          {text ? (
            <span className="max-w-[220px] truncate font-medium">{text}</span>
          ) : (
            <ChevronDown size={13} aria-hidden />
          )}
        </>
      }
      after={
        text && (
          <Link
            to={pathname + withoutParams(search, names)}
            aria-label={`Remove filter ${filter.label}`}
            className="flex h-7 w-7 items-center justify-center rounded-r-md border border-l-0 border-accent bg-selected text-muted hover:text-ink"
          >
            <X size={13} aria-hidden />
          </Link>
        )
      }
    >
      <FilterForm names={names} className="flex flex-col gap-3">
        <FilterFields filter={filter} />
        <Button tone="primary" size="sm" className="self-start">
          Apply
        </Button>
      </FilterForm>
    </Dropdown>
  );
}
