import { and, eq, ne } from "drizzle-orm";
import type { Database, ListName } from "~/db.server.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { refuseToKeep } from "./refuse-to-keep.server.ts";
import { canShareViews, type ViewForm, type ViewRefusal } from "./view.ts";
import { keepableSearch } from "./view-search.ts";

export type ViewOwner = Pick<Operator, "operatorId" | "email" | "role" | "scope">;

interface SaveView extends Omit<Extract<ViewForm, { intent: "save" }>, "intent"> {
  readonly operator: ViewOwner;
  readonly now: Date;
}

export async function saveView(
  db: Database,
  { list, name, shared, search, environment, operator, now }: SaveView,
): Promise<Result<{ viewId: string }, ViewRefusal>> {
  if (!operator.scope.environments.includes(environment)) return refused("not_understood");
  if (shared && !canShareViews(operator.role)) return refused("may_not_share");
  const kept = keepableSearch(list, search, environment);
  if (!kept.ok) return kept;
  const unkept = refuseToKeep({ name, search: kept.value });
  if (unkept) return refused(unkept);
  if (await isNameTaken(db, { operatorId: operator.operatorId, list, name })) return refused("name_taken");

  const viewId = newId("view");
  const at = now.getTime();
  const { operatorId } = operator;
  const row = { viewId, operatorId, list, name, search: kept.value, shared, createdAt: at, updatedAt: at };
  const audit = { operator, action: "views:share", subject: viewId, detail: { list, name }, now };
  const written = await db.write([
    { query: db.read.insert(db.tables.savedViews).values(row).onConflictDoNothing(), rows: 1 },
    // What one keeps for oneself is nobody's business.
    ...(shared ? [auditStatement(db, audit)] : []),
  ]);
  // A form sent twice at once: the other one was quicker.
  return written.ok ? ok({ viewId }) : refused("name_taken");
}

export async function isNameTaken(
  db: Database,
  asked: { operatorId: string; list: ListName; name: string; except?: string },
): Promise<boolean> {
  const { savedViews } = db.tables;
  const { operatorId, list, name, except } = asked;
  const own = and(eq(savedViews.operatorId, operatorId), eq(savedViews.list, list), eq(savedViews.name, name));
  const other = except === undefined ? undefined : ne(savedViews.viewId, except);
  const rows = await db.read.select({ id: savedViews.viewId }).from(savedViews).where(and(own, other)).limit(1);
  return rows.length > 0;
}
