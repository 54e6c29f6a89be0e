import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { findView } from "~/domain/views/view-queries.server.ts";
import { paths } from "~/lib/paths.ts";

/** A view's own link: its list, with its filters as they are now. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const view = await findView(context.db, operator, params.viewId ?? "");
  if (!view) throw new Response("Not found", { status: 404 });
  const search = new URLSearchParams(view.search);
  search.set("view", view.viewId);
  return redirect(`${paths[view.list]()}?${search}`);
}
