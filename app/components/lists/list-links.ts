import { useLocation } from "@remix-run/react";

/** Links of a list keep its filters: the pages around it, its export, and the list without filters. */
export function useListLinks(page: { next: string | null; previous: string | null }) {
  const { pathname, search } = useLocation();
  const withCursor = (cursor: string | null) => {
    if (cursor === null) return null;
    const params = new URLSearchParams(search);
    params.set("cursor", cursor);
    return `${pathname}?${params}`;
  };
  const filters = new URLSearchParams(search);
  filters.delete("cursor");
  const newestFirst = new URLSearchParams(filters);
  newestFirst.delete("sort");
  const environment = filters.get("environment");
  const query = filters.size > 0 ? `?${filters}` : "";
  return {
    next: withCursor(page.next),
    previous: withCursor(page.previous),
    csv: `${pathname}.csv${query}`,
    /** The filters as a query, for other files of the same list. */
    filters: query,
    firstPage: `${pathname}${newestFirst.size > 0 ? `?${newestFirst}` : ""}`,
    cleared: environment ? `${pathname}?${new URLSearchParams({ environment })}` : pathname,
    isFiltered: [...filters.keys()].some((name) => !["environment", "sort", "view"].includes(name)),
  };
}
