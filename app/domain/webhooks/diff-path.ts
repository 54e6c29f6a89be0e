import { paths, withParams } from "../../lib/paths.ts";

/** The page that sets two bodies side by side; each is named as `parseSide` reads it. */
export function diffPath(left: string, right: string, { all = false }: { readonly all?: boolean } = {}): string {
  return withParams(paths.webhookDiff(), { left, right, all: all ? "1" : null });
}
