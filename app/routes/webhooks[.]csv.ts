import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportList } from "~/domain/lists/open-list.server.ts";
import { webhookCsvColumns } from "~/domain/webhooks/webhook-csv.ts";
import { parseWebhookFilters } from "~/domain/webhooks/webhook-filters.ts";
import { webhookList } from "~/domain/webhooks/webhook-queries.server.ts";

export function loader(args: LoaderFunctionArgs) {
  return exportList(args, {
    name: "webhooks",
    parse: parseWebhookFilters,
    list: webhookList,
    columns: webhookCsvColumns,
  });
}
