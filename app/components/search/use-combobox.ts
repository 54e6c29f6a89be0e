import { type KeyboardEvent, useEffect, useState } from "react";

interface Combobox {
  /** Of the choice that Enter takes; −1 is the text itself. */
  readonly active: number;
  readonly setActive: (index: number) => void;
  /** Arrows walk through the choices and the text; Home and End go to the ends once one is chosen. True when the key was used. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Which choice of a list the keyboard is at, after the WAI-ARIA combobox pattern. A new list begins at the text again. */
export function useCombobox(list: unknown, count: number): Combobox {
  const [active, setActive] = useState(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, another choice
  useEffect(() => setActive(-1), [list]);
  const at = active < count ? active : -1;

  function onKey(event: KeyboardEvent): boolean {
    const next = nextActive(event.key, at, count);
    if (next === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    event.preventDefault();
    setActive(next);
    return true;
  }
  return { active: at, setActive, onKey };
}

/** `null`: the key is the text's. Round and round, by way of the text. */
export function nextActive(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return active === count - 1 ? -1 : active + 1;
  if (key === "ArrowUp") return active === -1 ? count - 1 : active - 1;
  if (active === -1) return null;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
