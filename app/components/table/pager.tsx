import { Link } from "@remix-run/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "../ui/button.tsx";

interface PagerProps {
  /** Where the next page is; `null` at the end. */
  readonly next: string | null;
  readonly previous: string | null;
  /** What is known of the whole: "50 of 3,204". */
  readonly children?: ReactNode;
}

/** Pages by keyset: only the neighbours can be reached, and there are no page numbers to promise. */
export function Pager({ next, previous, children }: PagerProps) {
  if (!next && !previous && !children) return null;
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center justify-between gap-3">
      <div className="figures text-sm text-muted">{children}</div>
      <div className="flex gap-2">
        <PagerLink to={previous} rel="prev">
          <ChevronLeft size={15} aria-hidden /> Newer
        </PagerLink>
        <PagerLink to={next} rel="next">
          Older <ChevronRight size={15} aria-hidden />
        </PagerLink>
      </div>
    </nav>
  );
}

function PagerLink({ to, rel, children }: { to: string | null; rel: "next" | "prev"; children: ReactNode }) {
  if (to === null) {
    return (
      <span aria-disabled="true" className={buttonClass({ size: "sm" })}>
        {children}
      </span>
    );
  }
  return (
    <Link to={to} rel={rel} className={buttonClass({ size: "sm" })}>
      {children}
    </Link>
  );
}
