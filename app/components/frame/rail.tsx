import { Link, useFetcher, useLocation } from "@remix-run/react";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { paths } from "~/lib/paths.ts";
import { PREFERENCES_KEY, useEnvironment, usePreferences, useRootData } from "./frame-data.ts";
import { entriesFor, isUnder, lowerEntries, mainEntries, type NavigationEntry, type Role } from "./navigation.ts";

/** The left rail on a screen that has room for it. */
export function Rail({ role }: { role: Role }) {
  return (
    <nav aria-label="Main" className="frame-rail">
      <p className="mb-3 flex h-6 items-center gap-2.5 px-2 font-semibold tracking-[-0.01em]">
        <span aria-hidden className="size-4 shrink-0 rounded-sm bg-accent" />
        <span className="rail-word">Paydesk</span>
      </p>
      <RailLinks role={role} />
      <RailToggle />
    </nav>
  );
}

export function RailLinks({ role }: { role: Role }) {
  return (
    <div className="flex flex-1 flex-col gap-4">
      <RailGroup entries={entriesFor(role, mainEntries)} />
      <RailGroup entries={entriesFor(role, lowerEntries)} />
    </div>
  );
}

function RailGroup({ entries }: { entries: readonly NavigationEntry[] }) {
  const hasSandbox = useRootData()?.config.sandbox ?? false;
  const here = entries.filter((entry) => hasSandbox || !entry.needsSandbox);
  return (
    <ul className="flex flex-col gap-0.5">
      {here.map((entry) => (
        <li key={entry.path} className="relative">
          <RailLink entry={entry} />
          <RailCount path={entry.path} />
        </li>
      ))}
    </ul>
  );
}

function RailLink({ entry }: { entry: NavigationEntry }) {
  const { pathname } = useLocation();
  const { inEnvironment } = useEnvironment();
  const Icon = entry.icon;
  return (
    <Link
      to={entry.byEnvironment ? inEnvironment(entry.path) : entry.path}
      prefetch="intent"
      className="rail-link relative"
      aria-current={isUnder(pathname, entry) ? "page" : undefined}
      title={entry.label}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="rail-word">{entry.label}</span>
    </Link>
  );
}

const railCount =
  "rail-word figures absolute top-1/2 right-2 -translate-y-1/2 rounded-sm border border-look-line bg-look-soft px-1 text-xs font-medium text-look";

/** A figure only where it calls for work; a link where that work has a page of its own. */
function RailCount({ path }: { path: string }) {
  const counts = useRootData()?.counts;
  const { inEnvironment } = useEnvironment();
  if (!counts) return null;
  const works = [
    { path: paths.webhooks(), to: paths.quarantine(), count: counts.quarantined, words: "in quarantine" },
    { path: paths.webhooks(), to: paths.webhookDrift(), count: counts.drift, words: "fields that changed" },
    { path: paths.reconciliation(), to: paths.exceptions(), count: counts.exceptions, words: "open exceptions" },
    { path: paths.payments(), to: null, count: counts.missing, words: "without their webhook, not checked yet" },
  ];
  const work = works.find((one) => one.path === path && one.count > 0);
  if (!work) return null;
  const figure = work.count > 99 ? "99+" : String(work.count);
  const title = `${figure} ${work.words}`;
  const words = (
    <>
      {figure}
      <span className="sr-only"> {work.words}</span>
    </>
  );
  if (work.to === null) {
    return (
      <span className={`${railCount} pointer-events-none`} title={title}>
        {words}
      </span>
    );
  }
  return (
    <Link to={inEnvironment(work.to)} className={`${railCount} hover:border-look`} title={title}>
      {words}
    </Link>
  );
}

function RailToggle() {
  const fetcher = useFetcher({ key: PREFERENCES_KEY });
  const { rail } = usePreferences();
  const Icon = rail === "full" ? PanelLeftClose : PanelLeftOpen;
  return (
    <button
      type="button"
      className="rail-link rail-toggle"
      title={rail === "full" ? "Collapse to icons" : "Show names"}
      onClick={() =>
        fetcher.submit({ rail: rail === "full" ? "icons" : "full" }, { method: "post", action: "/preferences" })
      }
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="rail-word">{rail === "full" ? "Collapse" : "Show names"}</span>
    </button>
  );
}
