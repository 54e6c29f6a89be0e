import { createHash } from "node:crypto";
import { and, eq, exists, inArray, ne, not, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { MAX_PART } from "./import.ts";
import { openSpool, removeSpool, type SpoolConfig } from "./spool.server.ts";

interface WholeUpload {
  readonly importId: string;
  readonly environment: Environment;
  readonly now: Date;
}

/**
 * A file that is all there: known by its digest, it waits to be read, or is refused as one that was imported before. Doing
 * it again, after a restart in the middle, ends the same.
 */
export async function finishUpload(
  { db, config, signals }: Pick<AppContext, "db" | "config" | "signals">,
  { importId, environment, now }: WholeUpload,
): Promise<void> {
  const digest = await digestOf(config, importId);
  const { reportImports } = db.tables;
  const isReceiving = and(eq(reportImports.importId, importId), eq(reportImports.state, "receiving"));
  const wasThere = exists(earlierImport(db, { importId, environment, digest }));
  const waiting = { state: "waiting" as const, digest, cursor: null };
  const problem = "The same file was imported before, byte for byte. Nothing was read again.";
  const written = await db.write([
    {
      query: db.read
        .update(reportImports)
        .set(waiting)
        .where(and(isReceiving, not(wasThere))),
      rows: "any",
    },
    {
      query: db.read
        .update(reportImports)
        .set({ state: "refused", digest, cursor: null, problem, finishedAt: now.getTime() })
        .where(and(isReceiving, wasThere)),
      rows: "any",
    },
  ]);
  if (!written.ok) throw new Error("The upload could not be ended");
  const [row] = await db.read
    .select({ state: reportImports.state })
    .from(reportImports)
    .where(eq(reportImports.importId, importId));
  if (row?.state === "refused") await removeSpool(config, importId);
  signals.ring("imports");
}

/** Of the same bytes, in the same environment, on its way or read to its end. */
export function earlierImport(
  db: Database,
  { importId, environment, digest }: { importId: string; environment: Environment; digest: string },
) {
  const earlier = alias(db.tables.reportImports, "earlier");
  return db.read
    .select({ importId: earlier.importId, name: earlier.name, createdAt: earlier.createdAt })
    .from(earlier)
    .where(
      and(
        eq(earlier.environment, environment),
        eq(earlier.digest, digest),
        ne(earlier.importId, importId),
        inArray(earlier.state, ["waiting", "importing", "imported"]),
      ),
    )
    .orderBy(sql`${earlier.createdAt}`)
    .limit(1);
}

async function digestOf(config: SpoolConfig, importId: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await openSpool(config, importId);
  try {
    for await (const chunk of file.createReadStream({ highWaterMark: MAX_PART, autoClose: false })) hash.update(chunk);
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}
