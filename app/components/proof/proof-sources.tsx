import type { TableUsed } from "~/domain/proof/proof-results.ts";
import type { ProofSource } from "~/domain/proof/proof-sources.ts";
import { ProofTime } from "./proof-pieces.tsx";

interface ProofSourcesProps {
  readonly sources: readonly ProofSource[];
  readonly tables: readonly TableUsed[];
  readonly zone: string;
  readonly isCut: boolean;
}

/** The footnotes' other end: each record a fact came from, and the tables the codes were read with. */
export function ProofSources({ sources, tables, zone, isCut }: ProofSourcesProps) {
  return (
    <>
      {sources.length > 0 ? (
        <dl className="proof-facts">
          {sources.map((source) => (
            <div key={source.ref} className="proof-fact">
              <dt>
                {source.ref} · {kindWord[source.kind]}
              </dt>
              <dd>
                {titleOf(source)}, received <ProofTime at={source.receivedAt} zone={zone} />
                {(source.eventId ?? source.checkId) && (
                  <span className="proof-id"> {source.eventId ?? source.checkId}</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="proof-muted">No webhook and no answer of Xendit's API is held for it.</p>
      )}
      {isCut && (
        <p className="proof-muted">
          More webhooks or answers are held than the first 200 of each that are named here; the evidence bundle has them
          all.
        </p>
      )}
      <p className="proof-muted">
        Codes were read with {tables.map(({ name, version }) => `${name} ${version}`).join(", ")}.
      </p>
    </>
  );
}

const kindWord: Record<ProofSource["kind"], string> = {
  webhook: "webhook",
  api: "API answer",
  claim: "browser",
};

/** `payment.capture` as Xendit names it; an answer by what was asked about. */
function titleOf({ kind, title }: ProofSource): string {
  if (kind === "api") return `about the ${title.replace(/^api /, "").replaceAll("_", " ")}`;
  return kind === "claim" ? "hand-back at the CVN step" : title;
}
