import { clsx } from "clsx";
import { type ReactNode, useContext } from "react";
import { CopyLink, ViewEnvironment } from "./copy-link.tsx";

interface PageProps {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  /** Buttons at the right of the heading; one of them primary at most. */
  readonly actions?: ReactNode;
  /** Where one came from, above the heading. */
  readonly back?: ReactNode;
  /** Forms and settings read better narrow; lists want the whole width. */
  readonly narrow?: boolean;
  /** Of the one thing the page is about, when it may be another than the frame's. */
  readonly environment?: string;
  readonly children: ReactNode;
}

/** A page: one `h1`, its actions, its content, and a link to it for somebody else. */
export function Page({ title, subtitle, actions, back, narrow, environment, children }: PageProps) {
  const around = useContext(ViewEnvironment);
  return (
    <ViewEnvironment.Provider value={environment ?? around}>
      <div className={clsx("px-4 pt-4 pb-12 md:px-6", narrow && "max-w-[880px]")}>
        {back && <div className="mb-1 text-sm text-muted">{back}</div>}
        <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <h1 className="text-lg font-semibold tracking-[-0.01em] break-words">{title}</h1>
            {subtitle && <div className="mt-0.5 max-w-[72ch] text-muted">{subtitle}</div>}
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <CopyLink />
            {actions}
          </div>
        </header>
        {children}
      </div>
    </ViewEnvironment.Provider>
  );
}
