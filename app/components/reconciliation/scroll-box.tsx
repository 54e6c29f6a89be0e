import type { ReactNode } from "react";

interface ScrollBoxProps {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A table wider than the window scrolls in here, by keyboard too. */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, and there are none
    <div className={className} tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}
