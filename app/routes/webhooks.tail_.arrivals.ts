import type { LoaderFunctionArgs } from "@remix-run/node";
import { openTail } from "~/domain/tail/open-tail.server.ts";

/** What the live tail asks between its page loads: the arrivals after `after`, within the same filters. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { page } = await openTail({ request, context });
  return Response.json(page, { headers: { "Cache-Control": "no-store" } });
}
