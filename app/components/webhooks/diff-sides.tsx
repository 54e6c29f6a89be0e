import { Form, Link, useNavigation } from "@remix-run/react";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";

/** One side as the page's loader tells it. */
export interface SideView {
  /** As the URL names it. */
  readonly name: string;
  readonly title: string;
  readonly at: number | null;
  readonly eventId: string | null;
  /** Xendit has not been asked for it yet. */
  readonly isUnasked: boolean;
}

interface DiffSidesProps {
  readonly left: SideView;
  readonly right: SideView;
  readonly canAsk: boolean;
}

export function DiffSides({ left, right, canAsk }: DiffSidesProps) {
  return (
    <div className="mb-4 grid gap-3 md:grid-cols-2">
      <Side label="Left" view={left} canAsk={canAsk} />
      <Side label="Right" view={right} canAsk={canAsk} />
    </div>
  );
}

function Side({ label, view, canAsk }: { readonly label: string; readonly view: SideView; readonly canAsk: boolean }) {
  const { title, at, eventId, name } = view;
  return (
    <section aria-label={`${label} side`} className="rounded-md border border-line bg-surface px-4 py-2.5">
      <h2 className="text-xs font-medium text-muted">{label}</h2>
      <p className="font-medium break-words">
        {eventId ? (
          <Link to={paths.webhook(eventId)} className="link no-underline">
            {title}
          </Link>
        ) : (
          title
        )}
      </p>
      <p className="text-sm break-all text-muted">
        {at !== null && (
          <>
            <Time at={at} relative={false} seconds /> ·{" "}
          </>
        )}
        <span className="font-mono text-[12.5px]">{name}</span>
      </p>
      {view.isUnasked && <Ask name={name} canAsk={canAsk} />}
    </section>
  );
}

function Ask({ name, canAsk }: { readonly name: string; readonly canAsk: boolean }) {
  const isAsking = useNavigation().state === "submitting";
  if (!canAsk) return <p className="mt-1 text-sm text-muted">Your role does not ask Xendit in this environment.</p>;
  return (
    <Form method="post" className="mt-2">
      <Button type="submit" name="ask" value={name} tone="primary" size="sm" disabled={isAsking}>
        <span aria-live="polite">{isAsking ? "Asking Xendit…" : "Ask Xendit now"}</span>
      </Button>
      <p className="mt-1 text-sm text-muted">
        The answer is kept with the payment, like every check. Nothing changes at Xendit.
      </p>
    </Form>
  );
}
