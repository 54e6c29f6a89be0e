import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import type { Selection } from "./use-selection.ts";

interface SelectionBarProps {
  readonly selection: Selection;
  readonly actions?: (ids: readonly string[], clear: () => void) => ReactNode;
}

/** At the bottom of the window while rows are chosen: how many, and what may be done with them. */
export function SelectionBar({ selection, actions }: SelectionBarProps) {
  if (selection.ids.length === 0) return null;
  return (
    <section
      aria-label="Selection"
      className="lifted sticky bottom-3 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-3 px-3 py-2"
    >
      <output className="figures font-medium">{selection.ids.length} selected</output>
      {actions?.(selection.ids, selection.clear)}
      <Button tone="quiet" size="sm" type="button" onClick={selection.clear}>
        Clear selection
      </Button>
    </section>
  );
}
