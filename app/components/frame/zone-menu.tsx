import { useFetcher } from "@remix-run/react";
import { Globe } from "lucide-react";
import { useEffect, useState } from "react";
import { formatOffset } from "~/lib/time.ts";
import { COMMON_ZONES, isZone } from "~/lib/zone.ts";
import { Menu, MenuChoice, MenuLabel } from "../ui/menu.tsx";
import { useViewer } from "../ui/viewer.tsx";
import { PREFERENCES_KEY, usePreferences } from "./frame-data.ts";

/** The one named zone in which every time on screen is written. */
export function ZoneMenu() {
  const fetcher = useFetcher({ key: PREFERENCES_KEY });
  const { zone } = usePreferences();
  const { now } = useViewer();
  const zones = [...new Set([zone, ...COMMON_ZONES, ...useBrowserZone()])];
  return (
    <Menu
      trigger={
        <button
          type="button"
          title={zone}
          className="hidden h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-ink md:inline-flex"
        >
          <Globe size={14} aria-hidden />
          <span className="sr-only">Time zone</span>
          {cityOf(zone)} <span className="figures text-faint">{formatOffset(now, zone)}</span>
        </button>
      }
    >
      <MenuLabel>Times are written in</MenuLabel>
      <MenuChoice
        value={zone}
        onChange={(chosen) => fetcher.submit({ zone: chosen }, { method: "post", action: "/preferences" })}
        options={zones.map((one) => ({ value: one, label: `${one} (${formatOffset(now, one)})` }))}
      />
    </Menu>
  );
}

/** Known only in the browser, so it joins the list after the first drawing. */
function useBrowserZone(): readonly string[] {
  const [zone, setZone] = useState<string | null>(null);
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return isZone(zone) ? [zone] : [];
}

function cityOf(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}
