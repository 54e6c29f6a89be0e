import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { InsideLink } from "../ui/id.tsx";

interface CardListProps<RowData> {
  readonly label: string;
  readonly rows: readonly RowData[];
  readonly getRowId: (row: RowData) => string;
  readonly rowHref?: (row: RowData) => string;
  readonly card: (row: RowData) => ReactNode;
}

/** The rows of a table at 390 px: two lines each, the whole card a link. */
export function CardList<RowData>({ label, rows, getRowId, rowHref, card }: CardListProps<RowData>) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line bg-surface text-sm">
      {rows.map((row) => {
        const href = rowHref?.(row);
        return (
          <li key={getRowId(row)}>
            {href ? (
              <InsideLink.Provider value={true}>
                <Link to={href} className="block px-3 py-2.5 active:bg-hover">
                  {card(row)}
                </Link>
              </InsideLink.Provider>
            ) : (
              <div className="px-3 py-2.5">{card(row)}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A card's two lines, each with something at the left and something at the right. */
export function Card({ lines }: { lines: readonly [CardLine, CardLine] }) {
  return (
    <div className="flex flex-col gap-1.5">
      {lines.map(([left, right], index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: two fixed lines
          key={index}
          className="flex items-center justify-between gap-3"
        >
          <div className="flex min-w-0 flex-wrap items-center gap-1.5">{left}</div>
          <div className="shrink-0 text-right">{right}</div>
        </div>
      ))}
    </div>
  );
}

export type CardLine = readonly [left: ReactNode, right: ReactNode];
