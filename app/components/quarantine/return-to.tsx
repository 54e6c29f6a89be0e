import { useLocation } from "@remix-run/react";

/** Tells the action which page asked, so that it ends there again. Only a path of ours is followed. */
export function ReturnTo({ path }: { path?: string }) {
  const { pathname, search } = useLocation();
  return <input type="hidden" name="backTo" value={path ?? pathname + search} />;
}
