import { ChevronDown, ChevronRight, ListFilter } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Dropdown } from "./dropdown.tsx";
import { emptyChip } from "./filter-chip.tsx";
import { FilterFields } from "./filter-fields.tsx";
import { FilterForm } from "./filter-form.tsx";
import { type FilterSpec, namesOf } from "./filter-spec.ts";

/** The filters that are not in the row, each behind its name, in one form. A used one moves into the row. */
export function MoreFilters({ filters }: { filters: readonly FilterSpec[] }) {
  return (
    <Dropdown
      label="More filters"
      width="sm:w-[320px]"
      summaryClass={emptyChip}
      summary={
        <>
          <ListFilter size={13} aria-hidden /> More filters <ChevronDown size={13} aria-hidden />
        </>
      }
    >
      <FilterForm names={filters.flatMap(namesOf)} className="flex flex-col gap-3">
        <div className="-mx-1 flex flex-col">
          {filters.map((filter) => (
            <details key={filter.label} name="more-filters" className="group/more">
              <summary className="flex min-h-8 items-center gap-1.5 rounded-sm px-1 text-sm select-none hover:bg-hover">
                <ChevronRight size={13} aria-hidden className="text-muted group-open/more:rotate-90" />
                {filter.label}
              </summary>
              <div className="py-1 pr-1 pl-5">
                <FilterFields filter={filter} />
              </div>
            </details>
          ))}
        </div>
        <Button tone="primary" size="sm" className="self-start">
          Apply
        </Button>
      </FilterForm>
    </Dropdown>
  );
}
