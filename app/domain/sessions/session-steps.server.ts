import type { Database, Statement } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import type { Exchange } from "../../xendit/exchange.ts";

export type StepName = "session" | "cvn" | "three_ds" | "return" | "check";

export interface NewStep {
  readonly environment: Environment;
  readonly paymentSessionId: string;
  readonly step: StepName;
  readonly at: number;
  readonly outcome: string;
  readonly exchange?: Exchange | null;
}

/** One line of a test session's story; goes into the same `db.write` list as what it tells of. */
export function stepStatement(db: Database, step: NewStep): Statement {
  const { testSessionSteps } = db.tables;
  return { query: db.read.insert(testSessionSteps).values({ ...step, exchange: step.exchange ?? null }), rows: 1 };
}
