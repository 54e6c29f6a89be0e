import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { Check, ChevronsUpDown } from "lucide-react";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { Menu, MenuItemFor, MenuLabel } from "../ui/menu.tsx";
import { useEnvironment } from "./frame-data.ts";

const looks: Record<Environment, string> = {
  sandbox: "border-sandbox-line bg-sandbox-soft text-sandbox",
  test: "border-test-line bg-test-soft text-test",
  // Live looks normal: it is.
  live: "border-line-strong bg-surface text-ink",
};

/** Which environment the page is about, as a word and a colour, and the way to the others. */
export function EnvironmentSwitch() {
  const { environment, available } = useEnvironment();
  const { pathname } = useLocation();
  const look = clsx(
    "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-sm font-medium",
    looks[environment],
  );
  if (available.length < 2) {
    return (
      <span className={look} title="Environment">
        {environmentLabel[environment]}
      </span>
    );
  }
  return (
    <Menu
      trigger={
        <button type="button" className={look} aria-label={`Environment: ${environmentLabel[environment]}`}>
          {environmentLabel[environment]}
          <ChevronsUpDown size={13} aria-hidden />
        </button>
      }
    >
      <MenuLabel>Environment</MenuLabel>
      {available.map((one) => (
        <MenuItemFor key={one}>
          <Link to={`${listOf(pathname)}?environment=${one}`}>
            <span className="w-4">{one === environment && <Check size={13} aria-hidden />}</span>
            {environmentLabel[one]}
          </Link>
        </MenuItemFor>
      ))}
    </Menu>
  );
}

/** A single payment exists in one environment only, so from its page one goes to the list. */
function listOf(pathname: string): string {
  const [, first = ""] = pathname.split("/");
  return ["payments", "sessions", "webhooks", "replays"].includes(first) ? `/${first}` : "/";
}
