import { and, eq } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import { removeSpool, type SpoolConfig } from "./spool.server.ts";

/** What taking in a report needs. */
export interface ImportWork extends Pick<AppContext, "db" | "signals"> {
  readonly config: SpoolConfig;
}

export type OpenImport = Awaited<ReturnType<typeof findOpenImports>>[number];

/** What waits to be read or is being read, oldest first. */
export async function findOpenImports(db: Database) {
  const { reportImports } = db.tables;
  const of = (state: "waiting" | "importing") =>
    db.read
      .select()
      .from(reportImports)
      .where(eq(reportImports.state, state))
      .orderBy(reportImports.createdAt)
      .limit(20);
  return [...(await of("importing")), ...(await of("waiting"))];
}

/** An import that waits is begun; one that somebody cancelled meanwhile is not. */
export async function beginImport(db: Database, importId: string): Promise<boolean> {
  const { reportImports } = db.tables;
  const isWaiting = and(eq(reportImports.importId, importId), eq(reportImports.state, "waiting"));
  const begun = await db.write([
    { query: db.read.update(reportImports).set({ state: "importing", problem: null }).where(isWaiting), rows: 1 },
  ]);
  return begun.ok;
}

/** Ends an import that is under way. A file that failed stays, to be tried again; any other is done with. */
export async function endImport(
  { db, config, signals }: ImportWork,
  { importId }: Pick<OpenImport, "importId">,
  end: { readonly state: "imported" | "refused" | "failed"; readonly problem: string | null },
): Promise<void> {
  const { reportImports } = db.tables;
  const isUnderWay = and(eq(reportImports.importId, importId), eq(reportImports.state, "importing"));
  const ended = await db.write([
    {
      query: db.read
        .update(reportImports)
        .set({ ...end, finishedAt: Date.now() })
        .where(isUnderWay),
      rows: 1,
    },
  ]);
  if (!ended.ok) return;
  if (end.state !== "failed") await removeSpool(config, importId);
  // What was taken in before a failure is taken in.
  if (end.state !== "refused") signals.ring("reconciliation");
}
