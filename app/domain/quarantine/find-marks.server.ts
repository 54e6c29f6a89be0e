import { eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Mark } from "./quarantine-queries.server.ts";

export interface Marks {
  readonly setAside: Mark | null;
  readonly expunged: Mark | null;
}

interface Marked {
  readonly state: string;
  readonly setAsideAt: number | null;
  readonly setAsideBy: string | null;
  readonly setAsideReason: string | null;
  readonly expungedAt: number | null;
  readonly expungedBy: string | null;
  readonly expungedReason: string | null;
}

/** What operators marked an event with, for its page. The caller found it within its scope. */
export async function findMarks(db: Database, event: Marked): Promise<Marks> {
  const [setAsideBy, expungedBy] = await Promise.all([emailOf(db, event.setAsideBy), emailOf(db, event.expungedBy)]);
  const { setAsideAt, setAsideReason, expungedAt, expungedReason } = event;
  // Once it was processed after all, that it had been set aside is history.
  const isAside = setAsideAt !== null && event.state === "quarantined" && expungedAt === null;
  return {
    setAside: isAside ? { at: setAsideAt, by: setAsideBy, reason: setAsideReason ?? "" } : null,
    expunged: expungedAt === null ? null : { at: expungedAt, by: expungedBy, reason: expungedReason ?? "" },
  };
}

async function emailOf({ read, tables: { operators } }: Database, operatorId: string | null): Promise<string | null> {
  if (operatorId === null) return null;
  const [row] = await read
    .select({ email: operators.email })
    .from(operators)
    .where(eq(operators.operatorId, operatorId));
  return row?.email ?? null;
}
