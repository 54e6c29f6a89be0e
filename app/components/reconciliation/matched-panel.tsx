import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { explain } from "~/xendit/reconcile/explain.ts";
import { Panel } from "../ui/panel.tsx";

/** How it came to its class, one step after the other. */
export function MatchedPanel({ opened: { group } }: { opened: OpenedException }) {
  return (
    <Panel title="How it was matched" id="matched">
      {group.explanation.length === 0 ? (
        <p className="text-sm text-muted">Nothing was said about it.</p>
      ) : (
        <ol className="flex list-decimal flex-col gap-1 pl-5 text-sm marker:text-muted">
          {group.explanation.map((step, place) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and no other name
              key={place}
              className="break-words"
            >
              {explain(step)}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
