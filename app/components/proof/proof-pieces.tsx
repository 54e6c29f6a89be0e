import type { ProofFact } from "~/domain/proof/payment-facts.ts";
import { formatDateTime, formatOffset, formatUtc } from "~/lib/time.ts";

/** Date, time and zone in words, the exact UTC beside: paper has no hover. */
export function ProofTime({ at, zone }: { at: number | null; zone: string }) {
  if (at === null) return <span className="proof-muted">time not told</span>;
  return (
    <time dateTime={new Date(at).toISOString()}>
      {formatDateTime(at, zone, { seconds: true })} {formatOffset(at, zone)}
      {zone !== "UTC" && <span className="proof-muted"> ({formatUtc(at)})</span>}
    </time>
  );
}

/** The short names of the sources that tell a fact. */
export function From({ refs }: { refs: readonly string[] }) {
  if (refs.length === 0) return null;
  return <span className="proof-from">[{refsText(refs)}]</span>;
}

/** `W1, W2, W3, A1`, or `W1 and 12 others` when nobody would read them all. */
function refsText(refs: readonly string[]): string {
  return refs.length <= 4 ? refs.join(", ") : `${refs.slice(0, 2).join(", ")} and ${refs.length - 2} others`;
}

/** Names and values. What was not told says so: a blank on paper could be anything. */
export function FactList({ facts }: { facts: readonly ProofFact[] }) {
  return (
    <dl className="proof-facts">
      {facts.map(({ label, text, note, isId, from }) => (
        <div key={`${label} ${text}`} className="proof-fact">
          <dt>{label}</dt>
          <dd>
            {text === null || text === "" ? (
              <span className="proof-muted">{text === "" ? "sent empty" : "not told"}</span>
            ) : (
              <span className={isId ? "proof-id" : undefined}>{text}</span>
            )}
            {note && <span className="proof-muted"> · {note}</span>}
            <From refs={from} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
