import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportList } from "~/domain/lists/open-list.server.ts";
import { sessionCsvColumns } from "~/domain/sessions/session-csv.ts";
import { parseSessionFilters } from "~/domain/sessions/session-filters.ts";
import { sessionList } from "~/domain/sessions/session-queries.server.ts";

export function loader(args: LoaderFunctionArgs) {
  return exportList(args, {
    name: "sessions",
    parse: parseSessionFilters,
    list: sessionList,
    columns: sessionCsvColumns,
  });
}
