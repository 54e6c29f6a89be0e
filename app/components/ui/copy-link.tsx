import { useLocation } from "@remix-run/react";
import { Check, Link2 } from "lucide-react";
import { createContext, useContext } from "react";
import { buttonClass } from "./button.tsx";
import { useCopy } from "./use-copy.ts";

/** The environment of what is being looked at: the frame's, or that of the one thing a page is about. */
export const ViewEnvironment = createContext<string | null>(null);

/** Copies the address of this view, with its environment always named: a colleague's default may be another. */
export function CopyLink() {
  const { copied, copy } = useCopy();
  const linkTo = useViewLink();
  const Icon = copied ? Check : Link2;
  return (
    <button type="button" onClick={() => copy(linkTo(null))} className={buttonClass({ tone: "quiet" })}>
      <Icon size={14} aria-hidden />
      <span aria-live="polite">{copied ? "Link copied" : "Copy link"}</span>
    </button>
  );
}

/** The quiet sign beside a panel's heading: goes there, and copies the way. Without JavaScript it only goes. */
export function CopyPanelLink({ id, headingId }: { id: string; headingId: string }) {
  const { copied, copy } = useCopy();
  const linkTo = useViewLink();
  const Icon = copied ? Check : Link2;
  const ownId = `${id}-link`;
  return (
    <a
      id={ownId}
      href={`#${id}`}
      onClick={() => copy(linkTo(id))}
      title="Copy a link to this"
      aria-label={copied ? "Copied the link to" : "Copy link to"}
      aria-labelledby={`${ownId} ${headingId}`}
      className="panel-link inline-flex size-6 items-center justify-center rounded-sm text-muted hover:text-ink"
    >
      <Icon size={13} aria-hidden />
    </a>
  );
}

/** Where you are, as others can open it; `cursor` stays, since it is the page being looked at. */
function useViewLink(): (hash: string | null) => string {
  const { pathname, search } = useLocation();
  const environment = useContext(ViewEnvironment);
  return (hash) => {
    const url = new URL(pathname + search, window.location.origin);
    if (environment !== null) url.searchParams.set("environment", environment);
    if (hash !== null) url.hash = hash;
    return url.href;
  };
}
