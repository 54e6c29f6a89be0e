import { and, eq, ne, notExists, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Database, Tables } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { refuseToKeep } from "./refuse-to-keep.server.ts";
import { isNameTaken, type ViewOwner } from "./save-view.server.ts";
import { canShareViews, type SavedView, type ViewChange, type ViewRefusal } from "./view.ts";
import { findView } from "./view-queries.server.ts";
import { keepableSearch } from "./view-search.ts";

type StoredView = Tables["savedViews"]["$inferSelect"];
type Changed = Partial<Pick<StoredView, "name" | "search" | "shared">>;

interface ChangeView {
  readonly change: ViewChange;
  readonly operator: ViewOwner;
  readonly now: Date;
}

/** Renames, shares, updates or deletes a view: one's own, or as an administrator what somebody has shared. */
export async function changeView(
  db: Database,
  { change, operator, now }: ChangeView,
): Promise<Result<SavedView, ViewRefusal>> {
  const view = await findView(db, operator, change.viewId);
  if (!view) return refused("not_found");
  if (!view.canChange) return refused("not_yours");
  const { savedViews } = db.tables;
  const isThis = eq(savedViews.viewId, view.viewId);

  const decided = change.intent === "delete" ? ok(null) : await decide(db, view, change, operator);
  if (!decided.ok) return decided;
  const query = decided.value
    ? db.read
        .update(savedViews)
        .set({ ...decided.value, updatedAt: now.getTime() })
        .where(and(isThis, isNameFree(db, decided.value.name)))
    : db.read.delete(savedViews).where(isThis);
  const isSeenByOthers = view.shared || decided.value?.shared === true;
  const audit = {
    operator,
    action: `views:${change.intent}`,
    subject: view.viewId,
    detail: { list: view.list, name: view.name, ...(change.intent === "rename" ? { to: change.name } : {}) },
    now,
  };
  const written = await db.write([{ query, rows: 1 }, ...(isSeenByOthers ? [auditStatement(db, audit)] : [])]);
  if (written.ok) return ok({ ...view, ...decided.value });
  return refused((await findView(db, operator, view.viewId)) ? "name_taken" : "not_found");
}

/** Asked again by the write itself: between the question and the write somebody may have taken the name. */
function isNameFree({ read, tables: { savedViews } }: Database, name: string | undefined): SQL | undefined {
  if (name === undefined) return undefined;
  const other = alias(savedViews, "other");
  const own = and(eq(other.operatorId, savedViews.operatorId), eq(other.list, savedViews.list), eq(other.name, name));
  return notExists(
    read
      .select({ id: other.viewId })
      .from(other)
      .where(and(own, ne(other.viewId, savedViews.viewId))),
  );
}

async function decide(
  db: Database,
  view: SavedView,
  change: Exclude<ViewChange, { intent: "delete" }>,
  operator: ViewOwner,
): Promise<Result<Changed, ViewRefusal>> {
  switch (change.intent) {
    case "rename": {
      const operatorId = await ownerOf(db, view.viewId);
      const name = { operatorId, list: view.list, name: change.name, except: view.viewId };
      const unkept = refuseToKeep(change);
      if (unkept) return refused(unkept);
      return (await isNameTaken(db, name)) ? refused("name_taken") : ok({ name: change.name });
    }
    case "share":
      // Only whoever made a view says who else sees it.
      if (view.sharedBy !== null) return refused("not_yours");
      return change.shared && !canShareViews(operator.role) ? refused("may_not_share") : ok({ shared: change.shared });
    case "update": {
      if (!operator.scope.environments.includes(change.environment)) return refused("not_understood");
      const kept = keepableSearch(view.list, change.search, change.environment);
      if (!kept.ok) return kept;
      const unkept = refuseToKeep({ search: kept.value });
      return unkept ? refused(unkept) : ok({ search: kept.value });
    }
  }
}

/** Names are unique among the owner's views, whoever renames one. */
async function ownerOf(db: Database, viewId: string): Promise<string> {
  const { savedViews } = db.tables;
  const rows = await db.read
    .select({ operatorId: savedViews.operatorId })
    .from(savedViews)
    .where(eq(savedViews.viewId, viewId));
  return rows[0]?.operatorId ?? "";
}
