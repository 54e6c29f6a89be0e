import { clsx } from "clsx";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

interface DropdownProps {
  /** What it is, for screen readers: "Filter ECI". */
  readonly label: string;
  readonly summary: ReactNode;
  readonly summaryClass: string;
  /** Which of its edges stands under the button. */
  readonly align?: "start" | "end";
  readonly width?: string;
  /** Beside the button, as part of it. */
  readonly after?: ReactNode;
  /** Open from the start: what was typed in it was refused. */
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}

/**
 * A button and what opens below it, as `<details>`: it works without JavaScript. On a phone the panel takes the width of
 * the page. One is open at a time.
 */
export function Dropdown({
  label,
  summary,
  summaryClass,
  align = "start",
  width = "sm:w-[280px]",
  ...rest
}: DropdownProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  // Leaving it, by mouse or by key, closes it; so does Escape, which gives the focus back.
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
    <div role="group" aria-label={label} className="flex sm:relative" onKeyDown={onKeyDown}>
      <details
        ref={details}
        open={rest.isOpen}
        name="dropdown"
        className="group"
        onToggle={() => panel.current && keepInside(panel.current)}
      >
        <summary className={summaryClass}>{summary}</summary>
        <div
          ref={panel}
          className={clsx(
            "lifted absolute z-30 mt-1 p-3 max-sm:inset-x-4 sm:max-w-[calc(100vw-32px)]",
            align === "start" ? "sm:left-0" : "sm:right-0",
            width,
          )}
        >
          {rest.children}
        </div>
      </details>
      {rest.after}
    </div>
  );
}

/** A button near the edge of the window would open its panel beyond it. */
function keepInside(panel: HTMLElement): void {
  panel.style.translate = "";
  const { left, right } = panel.getBoundingClientRect();
  const beyond = right - (document.documentElement.clientWidth - 8);
  if (beyond > 0) panel.style.translate = `${-beyond}px 0`;
  else if (left < 8) panel.style.translate = `${8 - left}px 0`;
}
