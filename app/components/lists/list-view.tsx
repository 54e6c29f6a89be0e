import type { ColumnDef } from "@tanstack/react-table";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import type { Environment } from "~/lib/environment.ts";
import type { ParamProblem } from "~/lib/search-params.ts";
import { ListNews } from "../live/list-news.tsx";
import { DataTable } from "../table/data-table.tsx";
import { Pager } from "../table/pager.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { ListCount } from "./list-count.tsx";
import { useListLinks } from "./list-links.ts";
import { ParamProblems } from "./param-problems.tsx";

/** What the loader of a list page returns. */
export interface ListData<Row> {
  readonly page: {
    readonly rows: readonly Row[];
    readonly next: string | null;
    readonly previous: string | null;
    readonly count: number;
    readonly isCounted: boolean;
    readonly isTooLong: boolean;
  };
  readonly problems: readonly ParamProblem[];
  readonly environment: Environment;
  readonly isFirstPage: boolean;
  readonly canExport: boolean;
}

interface ListViewProps<Row> {
  /** Heading and name of the table. */
  readonly title: string;
  readonly noun: { readonly one: string; readonly many: string };
  readonly data: ListData<Row>;
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
export function ListView<Row>({ title, noun, data, filterBar, empty, actions, ...table }: ListViewProps<Row>) {
  const { page, problems, canExport } = data;
  const links = useListLinks(page);
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
          {csv}
          {actions}
        </>
      }
    >
      <ParamProblems problems={problems} isTooLong={page.isTooLong} />
      {filterBar}
      <ListNews rows={page.rows} isFirstPage={data.isFirstPage} getRowId={table.getRowId} firstPage={links.firstPage} />
      <DataTable label={title} rows={page.rows} empty={page.isTooLong ? null : empty} {...table} />
      <Pager next={links.next} previous={links.previous}>
        {page.count > 0 && <ListCount count={page.count} isCounted={page.isCounted} {...noun} />}
      </Pager>
    </Page>
  );
}
