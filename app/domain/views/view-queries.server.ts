import { and, eq, or, type SQL } from "drizzle-orm";
import type { Database, ListName, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Operator } from "../operators/operator.ts";
import { canChangeView, type OpenView, type SavedView } from "./view.ts";
import { environmentOfView, viewSearch } from "./view-search.ts";

export type Onlooker = Pick<Operator, "operatorId" | "role" | "scope">;

/** The views an operator may open, by name: their own and the shared ones, of environments they may see. */
export function listViews(
  db: Database,
  operator: Onlooker,
  { list }: { list?: ListName } = {},
): Promise<readonly SavedView[]> {
  return selectViews(db, operator, list && eq(db.tables.savedViews.list, list));
}

/** `null` when there is none, or it is somebody's own: both are not there. */
export async function findView(db: Database, operator: Onlooker, viewId: string): Promise<SavedView | null> {
  const [view = null] = await selectViews(db, operator, eq(db.tables.savedViews.viewId, viewId));
  return view;
}

/** The view that a list's link names, if it is among those the operator may open. */
export function openViewOf(
  views: readonly SavedView[],
  { searchParams }: URL,
  environment: Environment,
): OpenView | null {
  const view = views.find(({ viewId }) => viewId === searchParams.get("view"));
  return view ? { view, isChanged: view.search !== viewSearch(searchParams, environment) } : null;
}

async function selectViews(db: Database, operator: Onlooker, which: SQL | undefined): Promise<readonly SavedView[]> {
  const { savedViews, operators } = db.tables;
  const rows = await db.read
    .select({ view: savedViews, email: operators.email })
    .from(savedViews)
    .innerJoin(operators, eq(operators.operatorId, savedViews.operatorId))
    .where(and(which, or(eq(savedViews.operatorId, operator.operatorId), eq(savedViews.shared, true))));
  return rows
    .map(({ view, email }) => asSeenBy(operator, view, email))
    .filter((view) => isOpenTo(operator, view))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || (a.viewId < b.viewId ? -1 : 1));
}

function asSeenBy(operator: Onlooker, view: Tables["savedViews"]["$inferSelect"], email: string): SavedView {
  const { viewId, list, name, search, shared, updatedAt } = view;
  const sharedBy = view.operatorId === operator.operatorId ? null : email;
  return { viewId, list, name, search, shared, sharedBy, canChange: canChangeView(view, operator), updatedAt };
}

function isOpenTo({ scope }: Onlooker, view: SavedView): boolean {
  const environment = environmentOfView(view);
  return environment !== null && scope.environments.includes(environment);
}
