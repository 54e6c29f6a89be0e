import { and, eq, ne, or, type SQL } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { beginsWith } from "./list-where.server.ts";

/** Up to this many rows a search is a list of ids; beyond it, each row is asked. */
export const TARGET_CAP = 1000;

/** Payment requests (or lone sessions) that an identifier beginning with this text leads to; `null` when too many. */
export async function findTargets(
  db: Database,
  environment: Environment,
  q: string,
): Promise<readonly string[] | null> {
  const { identifiers } = db.tables;
  const rows = await db.read
    .select({ target: identifiers.target })
    .from(identifiers)
    .where(leadsHere(db.tables, environment, q))
    .limit(TARGET_CAP + 1);
  return rows.length > TARGET_CAP ? null : [...new Set(rows.map((row) => row.target))];
}

/**
 * The same targets, however many, as a list the store makes once for a query. Asked row by row with `exists`, SQLite would
 * walk every identifier of the environment for each row.
 */
export function selectTargets(db: Database, environment: Environment, q: string) {
  const { identifiers } = db.tables;
  return db.read
    .select({ target: identifiers.target })
    .from(identifiers)
    .where(leadsHere(db.tables, environment, q));
}

/**
 * An address is found by those who know all of it: by prefix, a search would tell it letter by letter to people who are
 * shown only its mask.
 */
function leadsHere({ identifiers }: Database["tables"], environment: Environment, q: string): SQL | undefined {
  const text = searchText(q);
  const isOpen = or(ne(identifiers.kind, "email"), eq(identifiers.value, text));
  return and(eq(identifiers.environment, environment), beginsWith(identifiers.value, text), isOpen);
}

/** As identifiers are stored. */
export function searchText(q: string): string {
  return q.trim().toLowerCase();
}
