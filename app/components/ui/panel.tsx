import { clsx } from "clsx";
import { type ReactNode, useId } from "react";
import { CopyPanelLink } from "./copy-link.tsx";

interface PanelProps {
  readonly title: ReactNode;
  /** Makes the panel a place to link to. */
  readonly id?: string;
  readonly actions?: ReactNode;
  /** A table or list that runs from edge to edge. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Panel({ title, id, actions, flush, className, children }: PanelProps) {
  const own = useId();
  const headingId = id ? `${id}-title` : own;
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className={clsx("panel min-w-0 scroll-mt-16 rounded-md border border-line bg-surface", className)}
    >
      <header className="flex min-h-10 flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-1.5">
        <div className="flex min-w-0 items-center gap-1">
          <h2 id={headingId} className="font-semibold">
            {title}
          </h2>
          {id && <CopyPanelLink id={id} headingId={headingId} />}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {flush ? (
        // What scrolls sideways must be reachable by keyboard, even when nothing in it can take the focus.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
        <div tabIndex={0} className="overflow-x-auto">
          {children}
        </div>
      ) : (
        <div className="px-4 py-3">{children}</div>
      )}
    </section>
  );
}

export interface Fact {
  /** Where two facts share a label. */
  readonly key?: string;
  readonly label: string;
  readonly value: ReactNode;
}

/** Names and values in two columns. A value that is not there is drawn as such by its own component, never left blank. */
export function Facts({ items }: { items: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      {items.map((item) => (
        <div key={item.key ?? item.label} className="contents">
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0 break-words">{item.value ?? <span className="text-faint">–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
