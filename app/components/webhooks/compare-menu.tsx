import { Link } from "@remix-run/react";
import { ChevronDown, GitCompareArrows } from "lucide-react";
import { Fragment } from "react";
import { diffPath } from "~/domain/webhooks/diff-path.ts";
import type { Comparable, ComparableGroup } from "~/domain/webhooks/list-comparable.server.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItemFor, MenuLabel, MenuSeparator } from "../ui/menu.tsx";
import { Time } from "../ui/time.tsx";

const groups: readonly (readonly [ComparableGroup, string])[] = [
  ["same key", "Under the same key"],
  ["same payment", "Of the same payment"],
  ["arrivals", "Its own arrivals"],
  ["xendit", "What Xendit says"],
];

interface CompareMenuProps {
  readonly eventId: string;
  readonly comparable: readonly Comparable[];
}

/** What this body can be set beside. Older things stand on the left of the page it leads to. */
export function CompareMenu({ eventId, comparable }: CompareMenuProps) {
  const filled = groups.filter(([group]) => comparable.some((one) => one.group === group));
  if (filled.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button type="button" size="sm">
          <GitCompareArrows size={13} aria-hidden /> Compare with… <ChevronDown size={13} aria-hidden />
        </Button>
      }
    >
      {filled.map(([group, title], index) => (
        <Fragment key={group}>
          {index > 0 && <MenuSeparator />}
          <MenuLabel>{title}</MenuLabel>
          {comparable
            .filter((one) => one.group === group)
            .map((one) => (
              <MenuItemFor key={one.side}>
                <Link to={comparePath(eventId, one)}>
                  <span className="min-w-0 flex-1 truncate">{one.label}</span>
                  {one.at !== null && (
                    <span className="shrink-0 text-xs text-muted">
                      <Time at={one.at} />
                    </span>
                  )}
                </Link>
              </MenuItemFor>
            ))}
        </Fragment>
      ))}
    </Menu>
  );
}

function comparePath(eventId: string, { side, group }: Comparable): string {
  return group === "arrivals" ? diffPath(eventId, side) : diffPath(side, eventId);
}
