import type { AppContext } from "~/context.server.ts";
import type { ListName } from "~/db.server.ts";
import type { CsvColumn } from "~/lib/csv.ts";
import type { ParsedList } from "~/lib/search-params.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";
import { requireOperator } from "../operators/require-operator.server.ts";
import { canShareViews } from "../views/view.ts";
import { listViews, openViewOf } from "../views/view-queries.server.ts";
import { csvResponse, EXPORT_CHUNK, refuseExport } from "./csv-response.ts";
import { settleColumns } from "./list-columns.ts";
import { listChunks, listPage } from "./list-page.server.ts";
import type { ListDefinition } from "./list-source.server.ts";
import { settleFilters } from "./settle-filters.ts";

interface Asked {
  readonly request: Request;
  readonly context: AppContext;
}

interface NamedList<Code extends string, Row> {
  readonly name: ListName;
  readonly parse: (url: string, options: { zone: string }) => ParsedList<Code>;
  readonly list: ListDefinition<Code, Row>;
}

/** What every list page shows, for its loader to add what is its own: who looks, the page they asked for, their views and columns. */
export async function openList<Code extends string, Row>(asked: Asked, { name, parse, list }: NamedList<Code, Row>) {
  const operator = await requireOperator(asked, "payments:read");
  const { db, config } = asked.context;
  const { filters, problems } = parse(asked.request.url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  const settled = settleFilters(filters, operator.scope, config.defaultEnvironment);
  const [page, views] = await Promise.all([
    listPage(db, operator.scope, list, settled),
    listViews(db, operator, { list: name }),
  ]);
  const { environment } = settled;
  const data = {
    list: name,
    page,
    problems,
    environment,
    isFirstPage: settled.cursor === null && settled.sort === "newest",
    canExport: operator.can("export:csv", environment),
    columns: settleColumns(name, operator.preferences.columns?.[name]),
    views,
    openView: openViewOf(views, new URL(asked.request.url), environment),
    canShare: canShareViews(operator.role),
  };
  return { operator, data };
}

/** The same list whole, as a file. */
export async function exportList<Code extends string, Row>(
  asked: Asked,
  { name, parse, list, columns }: NamedList<Code, Row> & { readonly columns: readonly CsvColumn<Row>[] },
): Promise<Response> {
  const operator = await requireOperator(asked, "export:csv");
  const { db, config } = asked.context;
  const { filters, problems } = parse(asked.request.url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  if (problems.length > 0) return refuseExport(problems);
  const settled = settleFilters(filters, operator.scope, config.defaultEnvironment);
  const options = { size: EXPORT_CHUNK, signal: asked.request.signal };
  const chunks = listChunks(db, operator.scope, list, settled, options);
  return csvResponse({ name, environment: settled.environment, columns, chunks });
}
