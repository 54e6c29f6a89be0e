import { useMemo, useState } from "react";

export interface Selection {
  /** In the order of the rows. */
  readonly ids: readonly string[];
  readonly all: boolean;
  has(id: string): boolean;
  toggle(id: string): void;
  toggleAll(): void;
  clear(): void;
}

/** Chosen rows of the page on screen. A row that leaves the page leaves the selection. */
export function useSelection(rowIds: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const key = rowIds.join(" ");
  return useMemo(() => {
    const present = key === "" ? [] : key.split(" ");
    const ids = present.filter((id) => chosen.has(id));
    const all = present.length > 0 && ids.length === present.length;
    return {
      ids,
      all,
      has: (id) => chosen.has(id),
      toggle: (id) => setChosen((before) => toggled(before, id)),
      toggleAll: () => setChosen(new Set(all ? [] : present)),
      clear: () => setChosen(new Set()),
    };
  }, [chosen, key]);
}

function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
