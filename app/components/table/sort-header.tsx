import { Link, useLocation } from "@remix-run/react";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

/** Heading of the column a list is ordered by. A link, so that the order is in the URL; turning it round starts over. */
export function SortHeader({ children }: { children: ReactNode }) {
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  const isOldestFirst = params.get("sort") === "oldest";
  params.delete("cursor");
  if (isOldestFirst) params.delete("sort");
  else params.set("sort", "oldest");
  const Arrow = isOldestFirst ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={isOldestFirst ? "ascending" : "descending"}>
      <Link
        to={params.size > 0 ? `${pathname}?${params}` : pathname}
        title={isOldestFirst ? "Show the newest first" : "Show the oldest first"}
        className="inline-flex items-center gap-1 hover:text-ink"
      >
        {children}
        <Arrow size={12} aria-hidden />
      </Link>
    </th>
  );
}
