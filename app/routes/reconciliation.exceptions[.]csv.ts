import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportExceptions } from "~/domain/reconciliation/export-exceptions.server.ts";

export function loader(args: LoaderFunctionArgs) {
  return exportExceptions(args, "csv");
}
