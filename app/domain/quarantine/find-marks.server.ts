import { eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Mark } from "./quarantine-queries.server.ts";

export interface Marks {
  readonly setAside: Mark | null;
  /** With the SHA-256 and the size in bytes of what it was. */
  readonly expunged: (Mark & { readonly digest: string; readonly size: number }) | null;
}

interface Marked {
  readonly observationId: number;
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
    expunged:
      expungedAt === null
        ? null
        : { at: expungedAt, by: expungedBy, reason: expungedReason ?? "", ...(await formerBody(db, event)) },
  };
}

/** What is left of a body that was taken out. */
async function formerBody({ read, tables }: Database, { observationId }: Marked) {
  const { bodies, observations } = tables;
  const [row] = await read
    .select({ digest: bodies.digest, size: bodies.size })
    .from(observations)
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(eq(observations.observationId, observationId));
  if (!row) throw new Error(`Observation ${observationId} is gone`);
  return row;
}

async function emailOf({ read, tables: { operators } }: Database, operatorId: string | null): Promise<string | null> {
  if (operatorId === null) return null;
  const [row] = await read
    .select({ email: operators.email })
    .from(operators)
    .where(eq(operators.operatorId, operatorId));
  return row?.email ?? null;
}
