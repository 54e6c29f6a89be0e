import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import type { ReactNode } from "react";

interface TabLinkProps {
  readonly to: string;
  readonly isOpen: boolean;
  readonly label: string;
  /** How much there is behind it; left out where that is not known. */
  readonly count?: ReactNode;
}

/** A tab that is a page of its own. */
export function TabLink({ to, isOpen, label, count }: TabLinkProps) {
  return (
    <Link
      to={to}
      preventScrollReset
      aria-current={isOpen ? "page" : undefined}
      className={clsx(
        "-mb-px flex items-center gap-1.5 border-b-2 py-1.5 whitespace-nowrap",
        isOpen ? "border-accent font-medium text-ink" : "border-transparent text-muted hover:text-ink",
      )}
    >
      {label}
      {count !== undefined && <span className="figures text-sm text-muted">{count}</span>}
    </Link>
  );
}
