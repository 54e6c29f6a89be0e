import type Sqlite from "better-sqlite3";
import type { Database } from "~/db.server.ts";

/** A table or index read from end to end; an index of which nothing but the environment is known is such a one too. */
export const WALK = /SCAN|INDEX \w+ \(environment=\?\)/;

/** A table read from end to end; what a statement names or has found itself may be. */
export const TABLE_SCAN = /SCAN (?!\(subquery|capped|CONSTANT ROW|\d+-ROW VALUES CLAUSE)/;

interface Spied {
  prepareQuery(query: { sql: string; params: unknown[] }, ...rest: unknown[]): object;
}

/** The statements a store prepares while `work` runs, each with what SQLite plans to do about it. */
export async function plansOf(db: Database, work: () => Promise<unknown>): Promise<readonly string[]> {
  const session: Spied = Reflect.get(db.read, "session");
  const client: Sqlite.Database = Reflect.get(session, "client");
  const prepareQuery = session.prepareQuery.bind(session);
  const statements = new Map<string, number>();
  session.prepareQuery = (query, ...rest) => {
    statements.set(query.sql, query.params.length);
    return prepareQuery(query, ...rest);
  };
  try {
    await work();
  } finally {
    session.prepareQuery = prepareQuery;
  }
  return [...statements].map(([text, params]) => {
    const steps = client.prepare(`explain query plan ${text}`).all(...Array<null>(params).fill(null));
    return steps.map((step) => (step as { detail: string }).detail).join("\n");
  });
}
