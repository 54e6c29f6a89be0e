import { Form, Link, useLocation } from "@remix-run/react";
import { Bookmark } from "lucide-react";
import type { OpenView } from "~/domain/views/view.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { useRootData } from "../frame/frame-data.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Copy } from "../ui/copy.tsx";

/** Which view the list was opened by, whether its filters are still the view's, and the two ways to settle that. */
export function OpenViewBar({ openView, environment }: { openView: OpenView; environment: Environment }) {
  const { view, isChanged } = openView;
  const { search } = useLocation();
  const publicUrl = useRootData()?.config.publicUrl ?? "";
  return (
    <section aria-label="Open view" className="mb-3 flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1.5 text-sm">
      <Bookmark size={14} aria-hidden className="shrink-0 text-accent" />
      <span className="min-w-0 font-medium break-words">{view.name}</span>
      <span className="text-muted">{whose(view)}</span>
      <Copy text={publicUrl + paths.view(view.viewId)} what="link to this view" label="Copy link" />
      {isChanged && (
        <>
          <Badge tone="look">Changed</Badge>
          {view.canChange && (
            <Form method="post" action={paths.views()}>
              <input type="hidden" name="intent" value="update" />
              <input type="hidden" name="viewId" value={view.viewId} />
              <input type="hidden" name="search" value={search} />
              <input type="hidden" name="environment" value={environment} />
              <Button size="sm">Update the view</Button>
            </Form>
          )}
          <ButtonLink size="sm" tone="quiet" to={paths.view(view.viewId)}>
            Back to the view
          </ButtonLink>
        </>
      )}
      {!isChanged && (
        <Link to={`?environment=${environment}`} className="link px-1">
          Close
        </Link>
      )}
    </section>
  );
}

function whose({ shared, sharedBy }: OpenView["view"]): string {
  if (sharedBy !== null) return `shared by ${sharedBy}`;
  return shared ? "yours, shared" : "only yours";
}
