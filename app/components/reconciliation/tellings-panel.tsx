import { Link } from "@remix-run/react";
import { ChevronRight } from "lucide-react";
import type { RowTelling } from "~/domain/reconciliation/group-rows.server.ts";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { paths } from "~/lib/paths.ts";
import { Badge } from "../ui/badge.tsx";
import { Id } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** Every version of each row as the reports gave it, and where it stood. */
export function TellingsPanel({ opened: { rows, tellings } }: { opened: OpenedException }) {
  if (rows.length === 0) return null;
  return (
    <Panel title="As reported" id="tellings">
      <ul className="flex flex-col gap-4">
        {rows.map(({ transactionId, disagreements }) => {
          const own = tellings.filter((telling) => telling.transactionId === transactionId);
          return (
            <li key={transactionId} id={`row-${transactionId}`} className="scroll-mt-16">
              <h3 className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
                <Id value={transactionId} kind="transaction" whole />
                <span className="text-muted">
                  {own.length === 1 ? "1 version" : `${own.length.toLocaleString("en")} versions`}
                </span>
                {disagreements.length > 0 && <Badge tone="look">differ in {disagreements.join(", ")}</Badge>}
              </h3>
              <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
                {own.map((telling) => (
                  <Telling key={telling.digest} telling={telling} others={own} isOnly={tellings.length === 1} />
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

const sourceWords = { transactions: "Transactions report", api: "API", balance: "Balance report" } as const;

interface TellingProps {
  readonly telling: RowTelling;
  readonly others: readonly RowTelling[];
  readonly isOnly: boolean;
}

/** Cells that another version of the row has otherwise are marked. */
function Telling({ telling, others, isOnly }: TellingProps) {
  const { source, importId, importName, importedAt, line, cells } = telling;
  const isOther = (name: string, value: string) =>
    others.some((other) => other.cells[name] !== undefined && other.cells[name] !== value);
  return (
    <li className="text-sm">
      <details className="group" open={isOnly}>
        <summary className="flex flex-wrap items-center gap-x-2 px-3 py-1.5 select-none hover:bg-hover">
          <ChevronRight size={13} aria-hidden className="text-muted group-open:rotate-90" />
          <span className="font-medium">{sourceWords[source]}</span>
          <span className="min-w-0 break-all text-muted">
            {importName ?? "an import removed since"}, line {line.toLocaleString("en")}
            {importedAt !== null && (
              <>
                , imported <Time at={importedAt} />
              </>
            )}
          </span>
        </summary>
        <div className="px-3 pb-2">
          <Link to={paths.reconciliationImport(importId)} className="link text-sm">
            Open the import
          </Link>
          <dl className="mt-1.5 grid grid-cols-[minmax(110px,auto)_minmax(0,1fr)] gap-x-4 gap-y-0.5">
            {Object.entries(cells).map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="font-mono text-[12.5px] break-all">
                  {value === "" ? <span className="text-faint">empty</span> : value}
                  {isOther(name, value) && (
                    <span className="ml-2 font-sans text-xs font-medium text-look">≠ differs</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </details>
    </li>
  );
}
