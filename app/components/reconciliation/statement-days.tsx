import type { DayLine } from "~/domain/reconciliation/list-days.server.ts";
import type { Statement } from "~/domain/reconciliation/statement.ts";
import { formatDay } from "~/lib/time.ts";
import { ProofTime } from "../proof/proof-pieces.tsx";
import { ScrollBox } from "./scroll-box.tsx";

/** Who closed which day, when, and its digest, whole: a digest that is cut proves nothing. */
export function StatementDays({ statement: { days, zone, kind } }: { statement: Statement }) {
  return (
    <ScrollBox className="proof-scroll" label="Closings">
      <table aria-label="Closings">
        <thead>
          <tr>
            <th>Day</th>
            <th>Closed</th>
            <th className="proof-amount">Open then</th>
            <th>Digest (SHA-256)</th>
          </tr>
        </thead>
        <tbody>
          {days.map((line) => (
            <tr key={line.day}>
              <td style={{ whiteSpace: "nowrap" }}>{formatDay(line.day)}</td>
              <td>
                <Closed line={line} zone={zone} isLong={kind === "day"} />
              </td>
              <td className="proof-amount">{line.closing ? line.closing.openExceptions.toLocaleString("en") : "–"}</td>
              <td className="statement-digest">{line.closing ? <code>{line.closing.digest}</code> : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Closed({ line: { closing, isOver }, zone, isLong }: { line: DayLine; zone: string; isLong: boolean }) {
  if (!closing) return <span className="proof-muted">{isOver ? "open" : "not over yet"}</span>;
  return (
    <>
      {closing.closedBy}
      {isLong ? (
        <div className="proof-muted">
          <ProofTime at={closing.closedAt} zone={zone} />
        </div>
      ) : (
        <div className="proof-muted">{new Date(closing.closedAt).toISOString().slice(0, 16).replace("T", " ")} UTC</div>
      )}
    </>
  );
}
