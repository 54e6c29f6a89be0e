import { and, asc, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";

export type StepTold = Pick<Tables["testSessionSteps"]["$inferSelect"], "stepId" | "step" | "at" | "outcome">;

export interface PaymentSteps {
  readonly environment: Environment;
  readonly paymentSessionId: string | null;
  /** Oldest first. */
  readonly steps: readonly StepTold[];
}

/** A session has a handful; its polling ends with the session. */
const MOST = 100;

interface OfPayment {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  readonly paymentSessionId: string | null;
}

/** What this desk saw of the payment's test session, if it was started here. The caller checked the payment's scope. */
export async function listPaymentSteps(
  db: Database,
  { environment, paymentRequestId, paymentSessionId }: OfPayment,
): Promise<PaymentSteps> {
  if (paymentSessionId === null) return { environment, paymentSessionId, steps: [] };
  const { testSessionSteps: table } = db.tables;
  const rows = await db.read
    .select({ stepId: table.stepId, step: table.step, at: table.at, outcome: table.outcome })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.paymentSessionId, paymentSessionId)))
    .orderBy(asc(table.at), asc(table.stepId))
    .limit(MOST);
  return { environment, paymentSessionId, steps: stepsOfTry(rows, paymentRequestId) };
}

/**
 * One session may hold several tries (FACTS 2.3). Between a CVN and the next everything belongs to the first of the two;
 * before any, to all. Nothing is told apart when no CVN step names this payment request.
 */
export function stepsOfTry(steps: readonly StepTold[], paymentRequestId: string): readonly StepTold[] {
  const isNamed = steps.some(({ step, outcome }) => step === "cvn" && outcome === paymentRequestId);
  if (!isNamed) return steps;
  let current: string | null = null;
  return steps.filter(({ step, outcome }) => {
    if (step === "cvn") current = outcome;
    return current === null || current === paymentRequestId;
  });
}
