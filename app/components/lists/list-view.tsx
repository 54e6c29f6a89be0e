import { useLocation } from "@remix-run/react";
import type { ColumnDef } from "@tanstack/react-table";
import { Download } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { ListName } from "~/domain/lists/list-columns.ts";
import { settleColumns } from "~/domain/lists/list-columns.ts";
import type { ParamProblem } from "~/lib/search-params.ts";
import { ListNews } from "../live/list-news.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Pager } from "../table/pager.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { OpenViewBar } from "../views/open-view-bar.tsx";
import { type ListViews, ViewsMenu } from "../views/views-menu.tsx";
import { ColumnsMenu } from "./columns-menu.tsx";
import { ListCount } from "./list-count.tsx";
import { useListLinks } from "./list-links.ts";
import { ParamProblems } from "./param-problems.tsx";

/** What the loader of a list page returns. */
export interface ListData<Row> extends ListViews {
  readonly page: {
    readonly rows: readonly Row[];
    readonly next: string | null;
    readonly previous: string | null;
    readonly count: number;
    readonly isCounted: boolean;
    readonly isTooLong: boolean;
  };
  readonly problems: readonly ParamProblem[];
  /** Ids of the columns to show, in order. */
  readonly columns: readonly string[];
  readonly isFirstPage: boolean;
  readonly canExport: boolean;
}

interface ListViewProps<Row> {
  /** Heading and name of the table. */
  readonly title: string;
  readonly noun: { readonly one: string; readonly many: string };
  readonly data: ListData<Row>;
  /** All there are, a constant outside the component; which of them are shown comes with the data. */
  readonly columns: readonly ColumnDef<Row>[];
  readonly getRowId: (row: Row) => string;
  readonly rowHref: (row: Row) => string;
  readonly card: (row: Row) => ReactNode;
  readonly filterBar: ReactNode;
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
  readonly selectable?: boolean;
  readonly selectionActions?: (ids: readonly string[], clear: () => void) => ReactNode;
}

/** A list page from heading to pager; nouns bring their columns, filters and words. */
export function ListView<Row>({ title, noun, data, columns, filterBar, empty, actions, ...table }: ListViewProps<Row>) {
  const { page, problems, canExport, openView } = data;
  const links = useListLinks(page);
  const { search } = useLocation();
  const shown = useShownColumns(columns, data.columns);
  const names = useMemo(() => new Map(columns.map((column) => [column.id ?? "", String(column.header)])), [columns]);
  const csv = canExport && !page.isTooLong && problems.length === 0 && (
    <a href={links.csv} download className={buttonClass({})}>
      <Download size={14} aria-hidden /> Export CSV
    </a>
  );
  return (
    <Page
      title={title}
      actions={
        <>
          {/* A view that was saved or chosen is another URL, and closes the menu. */}
          <ViewsMenu key={search} {...data} />
          <ColumnsMenu list={data.list} shown={data.columns} names={names} />
          {csv}
          {actions}
        </>
      }
    >
      <ParamProblems problems={problems} isTooLong={page.isTooLong} />
      {openView && <OpenViewBar openView={openView} environment={data.environment} />}
      {filterBar}
      <ListNews rows={page.rows} isFirstPage={data.isFirstPage} getRowId={table.getRowId} firstPage={links.firstPage} />
      <DataTable
        label={title}
        rows={page.rows}
        columns={shown}
        empty={page.isTooLong ? null : empty}
        isWide={isOwnChoice(data)}
        {...table}
      />
      <Pager next={links.next} previous={links.previous}>
        {page.count > 0 && <ListCount count={page.count} isCounted={page.isCounted} {...noun} />}
      </Pager>
    </Page>
  );
}

/** The standard columns are known to fit a wide window; an operator's own may not. */
function isOwnChoice({ list, columns }: { list: ListName; columns: readonly string[] }): boolean {
  return columns.join(" ") !== settleColumns(list, undefined).join(" ");
}

/** The same array as long as the choice is the same: the table is made anew for another. */
function useShownColumns<Row>(columns: readonly ColumnDef<Row>[], ids: readonly string[]): readonly ColumnDef<Row>[] {
  const key = ids.join(" ");
  return useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]));
    return key.split(" ").flatMap((id) => byId.get(id) ?? []);
  }, [columns, key]);
}
