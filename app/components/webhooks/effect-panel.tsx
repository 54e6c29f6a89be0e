import type { EffectLine } from "~/domain/webhooks/event-effect.ts";
import type { EventEffect } from "~/domain/webhooks/find-effect.server.ts";
import { shortId } from "~/lib/ids.ts";
import { Panel } from "../ui/panel.tsx";

/** What stands otherwise in payments and sessions because this event is there. */
export function EffectPanel({ effect }: { effect: EventEffect }) {
  if (effect.kind === "changed") {
    return (
      <Panel title="What it changed" id="effect" flush>
        <EffectTable lines={effect.lines} />
      </Panel>
    );
  }
  return (
    <Panel title="What it changed" id="effect">
      <p className="text-sm">{effectText(effect)}</p>
    </Panel>
  );
}

function effectText(effect: Exclude<EventEffect, { kind: "changed" }>): string {
  switch (effect.kind) {
    case "nothing":
      return effect.toldBy.length === 0
        ? "Nothing: it says nothing a payment or session is made of."
        : `Nothing by itself: everything it says was also told by ${listed(effect.toldBy)}.`;
    case "no part":
      return "Nothing: it takes no part in any payment or session.";
    case "too large":
      return `Not worked out: ${effect.observations} things or more tell of this payment, too many to fold for a page.`;
    case "failed":
      return "Not worked out: what tells of this payment cannot be folded without it.";
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  const last = shown.at(-1) ?? "";
  if (names.length > 4) return `${shown.join(", ")} and ${names.length - 4} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${last}` : last;
}

function EffectTable({ lines }: { readonly lines: readonly EffectLine[] }) {
  const things = [...new Map(lines.map((line) => [line.id, line.of])).entries()];
  return (
    <table className="plain-table" aria-label="What it changed">
      <thead>
        <tr>
          <th>Field</th>
          <th>Without it</th>
          <th>With it</th>
        </tr>
      </thead>
      {things.map(([id, of]) => (
        <tbody key={id} className="border-b border-line last:border-b-0">
          <tr>
            <th colSpan={3} scope="rowgroup" className="!pb-0">
              {of}{" "}
              <span className="font-mono" title={id}>
                {shortId(id)}
              </span>
            </th>
          </tr>
          {lines
            .filter((line) => line.id === id)
            .map((line) => (
              <tr key={line.field}>
                <td className="text-muted">{line.field}</td>
                <td className="break-words">{line.without ?? <Nothing />}</td>
                <td className="font-medium break-words">{line.with ?? <Nothing />}</td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}

function Nothing() {
  return (
    <span className="text-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">nothing</span>
    </span>
  );
}
