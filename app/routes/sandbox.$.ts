import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { handleSandbox } from "~/sandbox/router.server.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  return handleSandbox(request, context);
}

export async function action({ request, context }: ActionFunctionArgs) {
  return handleSandbox(request, context);
}
