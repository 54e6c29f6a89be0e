import { z } from "zod";
import type { Preferences } from "~/db.server.ts";
import { DEFAULT_ZONE, isZone } from "~/lib/zone.ts";

/** How an operator wants to read. What they never chose has a default, so that pages need not ask. */
export interface SettledPreferences {
  readonly zone: string;
  readonly density: "comfortable" | "compact";
  readonly theme: "system" | "light" | "dark";
  readonly shortcuts: boolean;
  readonly rail: "full" | "icons";
}

export function settlePreferences(preferences: Preferences | null): SettledPreferences {
  const { zone, density, theme, shortcuts, rail } = preferences ?? {};
  return {
    zone: isZone(zone) ? zone : DEFAULT_ZONE,
    density: density ?? "comfortable",
    theme: theme ?? "system",
    shortcuts: shortcuts ?? true,
    rail: rail ?? "full",
  };
}

/** What the form sends: any of them, by name. */
export const PreferencesForm = z.object({
  zone: z.string().refine(isZone, "is not a time zone").optional(),
  density: z.enum(["comfortable", "compact"]).optional(),
  theme: z.enum(["system", "light", "dark"]).optional(),
  shortcuts: z
    .enum(["on", "off"])
    .transform((value) => value === "on")
    .optional(),
  rail: z.enum(["full", "icons"]).optional(),
});
export type PreferencesForm = z.infer<typeof PreferencesForm>;
