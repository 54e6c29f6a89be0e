import "./styles/app.css";
import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useMatches, useRouteError } from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { ErrorPage } from "./components/frame/error-page.tsx";
import { Frame } from "./components/frame/frame.tsx";
import { usePreferences, useRootData } from "./components/frame/frame-data.ts";
import { StayWhereRead } from "./components/live/stay-where-read.tsx";
import { Toast } from "./components/ui/toast.tsx";
import { ViewerProvider } from "./components/ui/viewer.tsx";
import { settleEnvironment } from "./domain/lists/settle-filters.ts";
import type { Operator } from "./domain/operators/operator.ts";
import { findOperator } from "./domain/operators/require-operator.server.ts";
import { countRail } from "./domain/overview/rail-counts.server.ts";
import { settlePreferences } from "./domain/preferences/preferences.ts";
import type { Config } from "./env.server.ts";
import { ENVIRONMENTS, type Environment, isEnvironment } from "./lib/environment.ts";
import { useNonce } from "./lib/nonce.ts";
import type { Scope } from "./lib/scope.ts";
import { takeToast } from "./lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await findOperator({ request, context });
  const { toast, headers } = await takeToast(request, context);
  const { config } = context;
  const scope = operator?.scope ?? { environments: [], businessIds: [] };
  const asked = new URL(request.url).searchParams.get("environment");
  const environment = settleEnvironment(isEnvironment(asked) ? asked : null, scope, config.defaultEnvironment);
  const seen = {
    operator: operator && { email: operator.email, role: operator.role },
    preferences: settlePreferences(operator?.preferences ?? null),
    config: {
      environments: environmentsToShow(config, scope, environment),
      defaultEnvironment: config.defaultEnvironment,
      sandbox: config.sandbox,
      publicUrl: config.publicUrl,
    },
    counts: environment === null ? null : await countRail(context.db, scope, counted(operator, environment)),
    toast,
    now: Date.now(),
    requestId: context.requestId,
  };
  return data(seen, { headers });
}

function counted(operator: Operator | null, environment: Environment) {
  return { environment, now: Date.now(), isReconciler: operator?.can("reconciliation:read", environment) ?? false };
}

/** Those that are set up here and theirs to see, and the one being looked at. */
function environmentsToShow(config: Config, scope: Scope, current: Environment | null): readonly Environment[] {
  const isSetUp = (one: Environment) =>
    one === "sandbox"
      ? config.sandbox
      : config.xendit[one] !== null || config.webhookTokens.some((token) => token.environment === one);
  return ENVIRONMENTS.filter((one) => scope.environments.includes(one) && (isSetUp(one) || one === current));
}

export function Layout({ children }: { children: ReactNode }) {
  const { theme, density } = usePreferences();
  const nonce = useNonce();
  return (
    <html lang="en" data-theme={theme} data-density={density}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <StayWhereRead />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <Surroundings>
      <Outlet />
    </Surroundings>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  return (
    <Surroundings>
      <ErrorPage error={error} requestId={useRootData()?.requestId ?? null} />
    </Surroundings>
  );
}

/** The frame for whoever is signed in, unless the page asks for none with `handle = { frame: "none" }`. */
function Surroundings({ children }: { children: ReactNode }) {
  const root = useRootData();
  const { zone, shortcuts } = usePreferences();
  const bare = useMatches().some(({ handle }) => isBare(handle));
  // Before this, keys and menus are drawn and do nothing yet: whoever drives the page by a program waits for it.
  useEffect(() => {
    document.documentElement.dataset.ready = "";
  }, []);
  return (
    <ViewerProvider zone={zone} now={root?.now ?? 0} shortcuts={shortcuts}>
      {root?.operator && !bare ? <Frame operator={root.operator}>{children}</Frame> : children}
      <Toast toast={root?.toast ?? null} />
    </ViewerProvider>
  );
}

function isBare(handle: unknown): boolean {
  return typeof handle === "object" && handle !== null && "frame" in handle && handle.frame === "none";
}
