import type { ProofResult } from "~/domain/proof/proof-results.ts";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { From } from "./proof-pieces.tsx";

/** Each code as received, what it means, and by which table; unsure readings say so. */
export function ProofResults({ results }: { results: readonly ProofResult[] }) {
  return (
    <dl className="proof-facts">
      {results.map(({ name, reading, from }) => (
        <div key={name} className="proof-fact">
          <dt>{name}</dt>
          <dd>
            {isBlank(reading) ? (
              <span className="proof-muted">{reading.short}</span>
            ) : (
              <>
                <code className="proof-code">{reading.code}</code> {reading.short}
              </>
            )}
            <From refs={from} />
            <div className="proof-muted">
              {reading.meaning}
              {reading.liability && ` ${reading.liability}`}
              {!reading.sure && " This reading is not certain."}
            </div>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function isBlank({ code }: CodeReading): boolean {
  return code === null || code === "";
}
