import {
  ArrowLeftRight,
  CreditCard,
  FlaskConical,
  LayoutDashboard,
  type LucideIcon,
  RotateCw,
  Scale,
  ScrollText,
  Send,
  Settings,
  Webhook,
} from "lucide-react";
import type { Operator } from "~/domain/operators/operator.ts";
import { may, type Permission } from "~/domain/operators/permissions.ts";
import { paths } from "~/lib/paths.ts";

export type Role = Operator["role"];

export interface NavigationEntry {
  readonly label: string;
  readonly path: string;
  readonly icon: LucideIcon;
  /** Any of these opens it. */
  readonly permissions: readonly Permission[];
  /** The letter after `g`. */
  readonly key?: string;
  /** Set on pages whose content belongs to one environment: links to them keep it. */
  readonly byEnvironment?: true;
  /** Absent when the sandbox is off. */
  readonly needsSandbox?: true;
}

const reading: readonly Permission[] = ["payments:read"];

export const mainEntries: readonly NavigationEntry[] = [
  {
    label: "Overview",
    path: paths.overview(),
    icon: LayoutDashboard,
    permissions: reading,
    key: "o",
    byEnvironment: true,
  },
  { label: "Payments", path: paths.payments(), icon: CreditCard, permissions: reading, key: "p", byEnvironment: true },
  {
    label: "Sessions",
    path: paths.sessions(),
    icon: ArrowLeftRight,
    permissions: reading,
    key: "s",
    byEnvironment: true,
  },
  { label: "Webhooks", path: paths.webhooks(), icon: Webhook, permissions: reading, key: "w", byEnvironment: true },
  { label: "Replays", path: paths.replays(), icon: RotateCw, permissions: reading, key: "r", byEnvironment: true },
  {
    label: "Reconciliation",
    path: paths.reconciliation(),
    icon: Scale,
    permissions: ["reconciliation:read"],
    key: "c",
    byEnvironment: true,
  },
];

export const lowerEntries: readonly NavigationEntry[] = [
  {
    label: "Destinations",
    path: paths.destinations(),
    icon: Send,
    permissions: ["replays:send", "destinations:write"],
  },
  {
    label: "Fault lab",
    path: paths.lab(),
    icon: FlaskConical,
    permissions: ["replays:send", "destinations:write"],
    needsSandbox: true,
  },
  { label: "Settings", path: paths.settings(), icon: Settings, permissions: reading },
  { label: "Audit", path: paths.audit(), icon: ScrollText, permissions: ["audit:read"] },
];

export interface SettingsPage {
  readonly label: string;
  readonly path: string;
  readonly about: string;
  readonly permissions: readonly Permission[];
  /** Absent when the sandbox is off. */
  readonly needsSandbox?: true;
}

export const settingsPages: readonly SettingsPage[] = [
  {
    label: "Webhooks",
    path: paths.settingsWebhooks(),
    about: "The URL and tokens to give Xendit, what has arrived, and what is still missing.",
    permissions: reading,
  },
  {
    label: "Sandbox",
    path: paths.settingsSandbox(),
    about: "Base URL and keys of the built-in sandbox, where its webhooks go, its timing.",
    permissions: reading,
    needsSandbox: true,
  },
  {
    label: "Private addresses",
    path: paths.settingsDestinations(),
    about: "Which addresses inside your network destinations may have. None, unless one is named here.",
    permissions: ["settings:write"],
  },
  {
    label: "Access tokens",
    path: paths.settingsTokens(),
    about: "Let a program of yours act as you: npm run listen brings webhooks to your own machine.",
    permissions: ["tokens:own"],
  },
  {
    label: "Operators",
    path: paths.settingsOperators(),
    about: "Who may sign in, with which role, for which environments and businesses.",
    permissions: ["operators:write"],
  },
];

export function entriesFor<Entry extends { readonly permissions: readonly Permission[] }>(
  role: Role,
  entries: readonly Entry[],
): readonly Entry[] {
  return entries.filter((entry) => entry.permissions.some((permission) => may(role, permission)));
}

/** Whether a path lies under an entry; the overview holds only itself. */
export function isUnder(pathname: string, entry: NavigationEntry): boolean {
  return pathname === entry.path || (entry.path !== "/" && pathname.startsWith(`${entry.path}/`));
}
