import type { ProofEntry } from "~/domain/proof/proof.ts";
import { From, ProofTime } from "./proof-pieces.tsx";

interface ProofEntriesProps {
  readonly label: string;
  readonly entries: readonly ProofEntry[];
  readonly zone: string;
}

/** Movements of money, one a row. */
export function ProofEntries({ label, entries, zone }: ProofEntriesProps) {
  const hasStatus = entries.some((entry) => entry.status !== null);
  return (
    // What scrolls sideways must be reachable by keyboard, even when nothing in it can take the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, and there are none
    <div className="proof-scroll" tabIndex={0} role="group" aria-label={label}>
      <table aria-label={label}>
        <thead>
          <tr>
            <th>Id</th>
            {hasStatus && <th>Status</th>}
            <th>Time</th>
            <th className="proof-amount">Amount</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <span className="proof-id">{entry.id}</span>
                <From refs={entry.from} />
                {entry.note && <div className="proof-muted">{entry.note}</div>}
              </td>
              {hasStatus && (
                <td>
                  {entry.status?.word} <code>{entry.status?.code}</code>
                </td>
              )}
              <td>
                <ProofTime at={entry.at} zone={zone} />
              </td>
              <td className="proof-amount">{entry.amount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
