import { useCallback, useRef, useState } from "react";
import type { TailLine } from "~/domain/tail/tail-lines.ts";
import type { Environment } from "~/lib/environment.ts";
import { useNarrow } from "../table/use-narrow.ts";
import { useRowKeys } from "../table/use-row-keys.ts";
import { TailCards } from "./tail-cards.tsx";
import { TAIL_COLUMNS, TailRow } from "./tail-row.tsx";

interface TailTableProps {
  readonly lines: readonly TailLine[];
  readonly environment: Environment;
}

/** The lines, newest on top; one of them may be open in place. */
export function TailTable({ lines, environment }: TailTableProps) {
  const narrow = useNarrow();
  const body = useRef<HTMLTableSectionElement>(null);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const toggle = useCallback((key: string) => setOpenKey((open) => (open === key ? null : key)), []);
  useRowKeys(body);
  if (narrow) return <TailCards lines={lines} environment={environment} />;
  return (
    <div className="table-box">
      <table className="data-table" aria-label="Arrivals">
        <thead>
          <tr>
            {TAIL_COLUMNS.map((name) => (
              <th key={name} scope="col" data-align={name === "Amount" ? "right" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {lines.map((line, place) => (
            <TailRow
              key={line.key}
              line={line}
              environment={environment}
              isFirst={place === 0}
              isOpen={line.key === openKey}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
