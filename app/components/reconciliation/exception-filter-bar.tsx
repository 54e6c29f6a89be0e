import { useMemo } from "react";
import { AGES, ASSIGNEE_WORDS, ageSpan } from "~/domain/reconciliation/exception.ts";
import type { Environment } from "~/lib/environment.ts";
import { classText, noteText } from "~/xendit/reconcile/class-words.ts";
import { NOTES, RECONCILIATION_CLASSES } from "~/xendit/reconcile/classes.ts";
import { currencyFilter } from "../lists/code-options.ts";
import { ListEnvironment } from "../lists/list-environment.tsx";
import { FilterBar } from "../table/filter-bar.tsx";
import type { FilterSpec } from "../table/filter-spec.ts";

interface ExceptionFilterBarProps {
  readonly environment: Environment;
  /** The accounting zone: its days are meant. */
  readonly zone: string;
  readonly operatorId: string;
  readonly resolvers: readonly { readonly operatorId: string; readonly email: string }[];
}

const classFilter: FilterSpec = {
  kind: "codes",
  name: "class",
  label: "Class",
  closed: true,
  options: RECONCILIATION_CLASSES.map((value) => ({ value, label: classText[value].label })),
};
const ageFilter: FilterSpec = {
  kind: "codes",
  name: "age",
  label: "Age",
  closed: true,
  options: AGES.map((value) => ({ value, label: ageSpan[value].label })),
};
const noteFilter: FilterSpec = {
  kind: "codes",
  name: "note",
  label: "Note",
  closed: true,
  options: NOTES.map((value) => ({ value, label: noteText[value].label })),
};

export function ExceptionFilterBar({ environment, zone, operatorId, resolvers }: ExceptionFilterBarProps) {
  const filters = useMemo((): readonly FilterSpec[] => {
    const words = Object.entries(ASSIGNEE_WORDS).map(([value, label]) => ({ value, label }));
    const others = resolvers
      .filter((one) => one.operatorId !== operatorId)
      .map((one) => ({ value: one.operatorId, label: one.email }));
    const assignee: FilterSpec = {
      kind: "codes",
      name: "assignee",
      label: "Assignee",
      closed: true,
      options: [...words, ...others],
    };
    return [classFilter, ageFilter, assignee, currencyFilter, { kind: "days", label: "Day", zone }, noteFilter];
  }, [zone, operatorId, resolvers]);
  return (
    <FilterBar
      filters={filters}
      search={{ label: "Find by id", placeholder: "Id, reference, txn…" }}
      context={<ListEnvironment environment={environment} />}
    />
  );
}
