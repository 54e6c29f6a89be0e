import { paths } from "../../lib/paths.ts";

// Only ever resolved against, never visited.
const here = "http://paydesk.invalid";

/**
 * Where to go after signing in. Anything that could lead to another site ends at the overview:
 *
 *     nextPath("/payments?eci=05")   // "/payments?eci=05"
 *     nextPath("//evil.example")     // "/"
 *     nextPath("/\\evil.example")    // "/": browsers read a backslash as a slash
 */
export function nextPath(asked: string | null | undefined): string {
  if (!asked?.startsWith("/") || !URL.canParse(asked, here)) return paths.overview();
  const url = new URL(asked, here);
  const path = url.pathname + url.search;
  if (url.origin !== here || path.startsWith("//")) return paths.overview();
  const isSignPage = /^\/sign-(in|out)(\/|$)/.test(url.pathname);
  return isSignPage ? paths.overview() : path;
}
