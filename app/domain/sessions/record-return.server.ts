import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { SECOND } from "../../lib/time.ts";
import { stepStatement } from "./session-steps.server.ts";

export interface Return {
  readonly returnKey: string;
  readonly outcome: "success" | "failure";
  readonly environments: readonly Environment[];
  readonly now: Date;
}

/**
 * Notes that a browser came back from 3-D Secure and which way. Never proof of a payment: it only says which address was
 * opened. A page that is reloaded comes back once. `null` when nobody started a session with this key.
 */
export async function recordReturn(
  db: Database,
  told: Return,
): Promise<{ paymentSessionId: string; environment: Environment } | null> {
  const { testSessions } = db.tables;
  const [row] = await db.read
    .select({ environment: testSessions.environment, paymentSessionId: testSessions.paymentSessionId })
    .from(testSessions)
    .where(and(eq(testSessions.returnKey, told.returnKey), inArray(testSessions.environment, [...told.environments])));
  if (!row) return null;
  const last = await lastStep(db, row);
  if (last?.step === "return" && last.outcome === told.outcome) return row;

  const at = told.now.getTime();
  const due = db.read
    .update(testSessions)
    .set({ pollAt: at + 2 * SECOND, polls: 0 })
    .where(eq(testSessions.returnKey, told.returnKey));
  await db.write([{ query: due, rows: 1 }, stepStatement(db, { ...row, step: "return", at, outcome: told.outcome })]);
  return row;
}

/** Checks come at any time and say nothing about the browser. */
async function lastStep(
  db: Database,
  { environment, paymentSessionId }: { environment: Environment; paymentSessionId: string },
) {
  const { testSessionSteps: steps } = db.tables;
  const [row] = await db.read
    .select({ step: steps.step, outcome: steps.outcome })
    .from(steps)
    .where(
      and(
        eq(steps.environment, environment),
        eq(steps.paymentSessionId, paymentSessionId),
        inArray(steps.step, ["cvn", "three_ds", "return"]),
      ),
    )
    .orderBy(desc(steps.at), desc(steps.stepId))
    .limit(1);
  return row ?? null;
}
