import { useFetchers, useRouteLoaderData, useSearchParams } from "@remix-run/react";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { PreferencesForm, type SettledPreferences, settlePreferences } from "~/domain/preferences/preferences.ts";
import { type Environment, isEnvironment } from "~/lib/environment.ts";
import { withParams } from "~/lib/paths.ts";
import type { loader } from "~/root.tsx";

/** What the root loader tells every page; `undefined` when it could not. */
export function useRootData() {
  return useRouteLoaderData<typeof loader>("root");
}

export const PREFERENCES_KEY = "preferences";

/** The operator's preferences, with a change that is still on its way already in effect. */
export function usePreferences(): SettledPreferences {
  const kept = useRootData()?.preferences ?? settlePreferences(null);
  const sent = useFetchers().find((fetcher) => fetcher.key === PREFERENCES_KEY)?.formData;
  if (!sent) return kept;
  const changes = PreferencesForm.safeParse(Object.fromEntries(sent));
  return changes.success ? { ...kept, ...definedOf(changes.data) } : kept;
}

export interface CurrentEnvironment {
  readonly environment: Environment;
  readonly available: readonly Environment[];
  /** A path of the desk, in this environment; the default one stays out of the URL. */
  inEnvironment(path: string): string;
}

/** The environment the page is about: the URL's, else the default, as the loaders settle it too. */
export function useEnvironment(): CurrentEnvironment {
  const [params] = useSearchParams();
  const config = useRootData()?.config;
  const available = config?.environments ?? ["sandbox"];
  const scope = { environments: available, businessIds: null };
  const asked = params.get("environment");
  const fallback = settleEnvironment(null, scope, config?.defaultEnvironment ?? "sandbox") ?? "sandbox";
  const environment = settleEnvironment(isEnvironment(asked) ? asked : null, scope, fallback) ?? fallback;
  return {
    environment,
    available,
    inEnvironment: (path) => withParams(path, { environment: environment === fallback ? null : environment }),
  };
}

function definedOf(changes: PreferencesForm): Partial<SettledPreferences> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
