import { Link, useFetcher, useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useLive } from "./use-live.ts";
import { useOnceRead } from "./use-once-read.ts";

interface ListNewsProps<Row> {
  readonly rows: readonly Row[];
  readonly isFirstPage: boolean;
  readonly getRowId: (row: Row) => string;
  /** This list without a cursor. */
  readonly firstPage: string;
}

/** Beyond this the reader has left the top, and rows that move under the eye are a nuisance. */
const TOP = 80;

/**
 * Keeps a list live without moving it while it is read: at the top of the first page it is simply loaded again; elsewhere
 * the first page is read aside, and the rows above those known before are counted.
 */
export function ListNews<Row>({ rows, isFirstPage, getRowId, firstPage }: ListNewsProps<Row>) {
  const { revalidate } = useRevalidator();
  const { load, data } = useFetcher<{ page: { rows: readonly Row[]; next: string | null } }>();
  const [isAside, setIsAside] = useState(false);
  const known = useRef<ReadonlySet<string> | null>(null);
  const list = useRef(firstPage);

  // What was on the first page when reading began. A further page has to ask for it.
  useEffect(() => {
    const isSameList = list.current === firstPage;
    list.current = firstPage;
    known.current = isFirstPage ? new Set(rows.map(getRowId)) : null;
    // The same rows, read once more while the reader is further down, do not take back what is new above them.
    setIsAside((isReading) => !isFirstPage || (isReading && isSameList && window.scrollY >= TOP));
    if (!isFirstPage) load(firstPage);
  }, [rows, isFirstPage, getRowId, firstPage, load]);
  if (known.current === null && data && isAside) known.current = new Set(data.page.rows.map(getRowId));

  // What comes while the list is being read may not be in what is read: it is looked for once more.
  useLive(
    useOnceRead(() => {
      if (isFirstPage && window.scrollY < TOP) return revalidate();
      setIsAside(true);
      load(firstPage);
    }),
  );

  const fresh = isAside && data && known.current ? rowsAbove(data.page.rows.map(getRowId), known.current) : 0;
  return (
    <div role="status" className="sticky top-14 z-20 flex justify-center">
      {fresh > 0 && (
        <Link
          to={firstPage}
          className="lifted my-1 inline-flex h-7 items-center rounded-full px-3 text-sm font-medium text-accent"
        >
          {fresh}
          {fresh === data?.page.rows.length && data.page.next !== null ? "+" : ""} new
        </Link>
      )}
    </div>
  );
}

/** Rows may also leave a filter, which draws older ones up from below: only those above the first known row are new. */
function rowsAbove(ids: readonly string[], known: ReadonlySet<string>): number {
  const first = ids.findIndex((id) => known.has(id));
  return first === -1 ? ids.length : first;
}
