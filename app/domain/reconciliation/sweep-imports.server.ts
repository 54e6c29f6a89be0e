import { and, eq, inArray, lt } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import { HOUR } from "~/lib/time.ts";
import { finishUpload } from "./finish-upload.server.ts";
import { ABANDONED_AFTER_HOURS } from "./import.ts";
import { listSpool, removeSpool } from "./spool.server.ts";

const LEFT = `Nobody went on with this upload for ${ABANDONED_AFTER_HOURS} hours.`;

/**
 * Ends uploads that were left, and takes away files that nobody will read. An upload that is all there and was not said so,
 * because the process ended in between, goes on.
 */
export async function sweepImports(work: Pick<AppContext, "db" | "config" | "signals">, now: Date): Promise<void> {
  const { db, config } = work;
  const { reportImports } = db.tables;
  const before = now.getTime() - ABANDONED_AFTER_HOURS * HOUR;
  const receiving = await db.read.select().from(reportImports).where(eq(reportImports.state, "receiving")).limit(500);
  const files = new Map((await listSpool(config)).map(({ importId, changedAt }) => [importId, changedAt]));
  for (const { importId, environment, received, size, createdAt } of receiving) {
    if (received === size && files.has(importId)) await finishUpload(work, { importId, environment, now });
    else if (Math.max(createdAt, files.get(importId) ?? 0) < before) await leave(work, importId, now);
  }
  // Failed files stay for another try, for as long as an upload would.
  const kept = await db.read
    .select({ importId: reportImports.importId })
    .from(reportImports)
    .where(inArray(reportImports.state, ["receiving", "waiting", "importing"]))
    .limit(10_000);
  const needed = new Set(kept.map(({ importId }) => importId));
  for (const [importId, changedAt] of files) {
    if (!needed.has(importId) && changedAt < before) await removeSpool(config, importId);
  }
}

async function leave({ db, config }: Pick<AppContext, "db" | "config">, importId: string, now: Date): Promise<void> {
  const { reportImports } = db.tables;
  const isReceiving = and(
    eq(reportImports.importId, importId),
    eq(reportImports.state, "receiving"),
    lt(reportImports.createdAt, now.getTime()),
  );
  const left = { state: "cancelled" as const, problem: LEFT, cursor: null, finishedAt: now.getTime() };
  await db.write([{ query: db.read.update(reportImports).set(left).where(isReceiving), rows: "any" }]);
  await removeSpool(config, importId);
}
