import { Link, useNavigate } from "@remix-run/react";
import { type ColumnDef, flexRender, getCoreRowModel, type Row, useReactTable } from "@tanstack/react-table";
import { clsx } from "clsx";
import { type MouseEvent, type ReactNode, useRef } from "react";
import { Copy } from "../ui/copy.tsx";
import { InsideLink } from "../ui/id.tsx";
import { CardList } from "./card-list.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { SortHeader } from "./sort-header.tsx";
import { useNarrow } from "./use-narrow.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { type Selection, useSelection } from "./use-selection.ts";

export interface DataTableProps<RowData> {
  /** The table's name, as in DESIGN 7: "Payments". */
  readonly label: string;
  /** A constant outside the component. The first column is pinned and becomes the row's link. */
  readonly columns: readonly ColumnDef<RowData>[];
  readonly rows: readonly RowData[];
  readonly getRowId: (row: RowData) => string;
  readonly rowHref?: (row: RowData) => string;
  /** What `c` copies; the row's id unless said otherwise, `null` for nothing. */
  readonly rowCopy?: ((row: RowData) => string) | null;
  readonly empty: ReactNode;
  /** Two lines, for 390 px. */
  readonly card?: (row: RowData) => ReactNode;
  /** More columns than a wide window is sure to hold: the table scrolls in its own box at any width. */
  readonly isWide?: boolean;
  readonly selectable?: boolean;
  /** Buttons of the selection bar. */
  readonly selectionActions?: (ids: readonly string[], clear: () => void) => ReactNode;
}

/**
 * Draws what the server filtered, sorted and paged. A column that holds figures says so with `meta: { align: "right" }`,
 * the one the list is ordered by with `meta: { sort: "time" }`.
 */
export function DataTable<RowData>(props: DataTableProps<RowData>) {
  const { label, columns, rows, getRowId, empty, card, selectable } = props;
  const narrow = useNarrow();
  const selection = useSelection(rows.map(getRowId));
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  const table = useReactTable({
    data: rows as RowData[],
    columns: columns as ColumnDef<RowData>[],
    getRowId,
    getCoreRowModel: getCoreRowModel(),
    manualPagination: true,
    manualSorting: true,
    manualFiltering: true,
  });

  if (rows.length === 0) return <div className="rounded-md border border-line bg-surface">{empty}</div>;
  if (narrow && card) return <CardList {...{ label, rows, getRowId, card }} rowHref={props.rowHref} />;
  return (
    <>
      <div className="table-box" data-wide={props.isWide ? "" : undefined}>
        <table className="data-table" aria-label={label}>
          <thead>
            <tr>
              {selectable && <SelectAll selection={selection} />}
              {table.getFlatHeaders().map((header, index) => {
                const heading = flexRender(header.column.columnDef.header, header.getContext());
                if (isSortable(header.column.columnDef)) return <SortHeader key={header.id}>{heading}</SortHeader>;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    data-pinned={index === 0 ? "first" : undefined}
                    data-align={alignOf(header.column.columnDef)}
                  >
                    {heading}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody ref={body}>
            {table.getRowModel().rows.map((row, index) => (
              <TableRow key={row.id} row={row} isFirst={index === 0} selection={selection} props={props} />
            ))}
          </tbody>
        </table>
      </div>
      {selectable && <SelectionBar selection={selection} actions={props.selectionActions} />}
    </>
  );
}

interface TableRowProps<RowData> {
  readonly row: Row<RowData>;
  readonly isFirst: boolean;
  readonly selection: Selection;
  readonly props: DataTableProps<RowData>;
}

function TableRow<RowData>({ row, isFirst, selection, props }: TableRowProps<RowData>) {
  const navigate = useNavigate();
  const { rowHref, rowCopy, selectable } = props;
  const href = rowHref?.(row.original);
  const copyText = rowCopy === null ? undefined : (rowCopy?.(row.original) ?? row.id);
  const selected = selection.has(row.id);

  // A click anywhere in the row opens it, unless it was meant for something inside, or marked text.
  function open(event: MouseEvent<HTMLTableRowElement>) {
    if (!href || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const inside = event.target instanceof Element ? event.target.closest("a,button,input,label,select,summary") : null;
    if (!inside && !window.getSelection()?.toString()) navigate(href);
  }

  return (
    <tr
      tabIndex={isFirst ? 0 : -1}
      data-href={href}
      aria-selected={selectable ? selected : undefined}
      onClick={open}
      className={clsx(href && "cursor-pointer")}
    >
      {selectable && (
        <td data-pinned="select">
          <input
            type="checkbox"
            name="selected"
            value={row.id}
            checked={selected}
            onChange={() => selection.toggle(row.id)}
            aria-label={`Select ${row.id}`}
          />
        </td>
      )}
      {row.getVisibleCells().map((cell, index) => {
        const content = flexRender(cell.column.columnDef.cell, cell.getContext());
        return (
          <td key={cell.id} data-pinned={index === 0 ? "first" : undefined} data-align={alignOf(cell.column.columnDef)}>
            {index === 0 && href ? (
              <RowLink href={href} copyText={copyText}>
                {content}
              </RowLink>
            ) : (
              content
            )}
          </td>
        );
      })}
    </tr>
  );
}

function RowLink({ href, copyText, children }: { href: string; copyText?: string; children: ReactNode }) {
  return (
    <span className="group relative inline-flex items-center pr-5">
      <InsideLink.Provider value={true}>
        <Link to={href} prefetch="intent" className="link font-medium">
          {children}
        </Link>
      </InsideLink.Provider>
      {copyText !== undefined && (
        <Copy
          text={copyText}
          what={copyText}
          className="absolute -right-1.5 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
        />
      )}
    </span>
  );
}

function SelectAll({ selection }: { selection: Selection }) {
  return (
    <th scope="col" data-pinned="select">
      <input
        type="checkbox"
        checked={selection.all}
        onChange={selection.toggleAll}
        aria-label="Select all rows of this page"
      />
    </th>
  );
}

function isSortable<RowData>(column: ColumnDef<RowData>): boolean {
  const meta: { sort?: unknown } | undefined = column.meta;
  return meta?.sort === "time";
}

function alignOf<RowData>(column: ColumnDef<RowData>): "right" | undefined {
  const meta: { align?: unknown } | undefined = column.meta;
  return meta?.align === "right" ? "right" : undefined;
}
