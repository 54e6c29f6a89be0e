import { and, eq } from "drizzle-orm";
import type { Database, ReplayState } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Operator } from "../operators/operator.ts";

export interface Listen {
  readonly replayId: string;
  readonly environment: Environment;
  readonly state: ReplayState;
}

/** A run of this very operator, in an environment they may still send webhooks of; `null` otherwise. */
export async function findListen(
  db: Database,
  { operatorId, scope }: Pick<Operator, "operatorId" | "scope">,
  replayId: string,
): Promise<Listen | null> {
  const { replays } = db.tables;
  const [found] = await db.read
    .select({ replayId: replays.replayId, environment: replays.environment, state: replays.state })
    .from(replays)
    .where(and(eq(replays.replayId, replayId), eq(replays.kind, "listen"), eq(replays.orderedBy, operatorId)));
  return found && scope.environments.includes(found.environment) ? found : null;
}
