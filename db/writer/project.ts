import type { Environment } from "../../app/lib/environment.ts";
import type { Observation } from "../../app/xendit/observation.ts";
import type { Change } from "../database.ts";
import { errorCode } from "../errors.ts";
import { type Cluster, findCluster } from "./cluster.ts";
import type { Engine, FoldedState } from "./engine.ts";
import { observationsNaming, readObservation, TELLS } from "./observations.ts";
import { inSavepoint, run } from "./statements.ts";
import { NOTHING, writeProjection } from "./write-projection.ts";

interface Member {
  readonly observationId: number;
  readonly observation: Observation;
}

const FAILED: FoldedState = { state: "quarantined", reason: "projection_failed", paymentRequestId: null };

/** Folds every cluster that one of these observations belongs to and stores what comes of it. */
export function project(engine: Engine, environment: Environment, observationIds: readonly number[]): Change[] {
  const seen = new Set<number>();
  const changes: Change[] = [];
  for (const observationId of observationIds) {
    if (seen.has(observationId)) continue;
    const cluster = findCluster(engine, environment, observationId);
    for (const member of cluster.observationIds) seen.add(member);
    changes.push(...projectCluster(engine, cluster));
  }
  return changes;
}

function projectCluster(engine: Engine, cluster: Cluster): Change[] {
  const members = cluster.observationIds.map((observationId) => member(engine, observationId));
  const tokens = tokensOf(engine, cluster);
  const whole = attempt(engine, cluster, members, tokens) ?? attempt(engine, cluster, members, []);
  return whole ?? withoutPoison(engine, cluster, members);
}

/**
 * Folds as many members as can be folded together; the others are quarantined. They are tried in the order of their
 * content, so that which ones fail does not depend on the order of arrival.
 */
function withoutPoison(engine: Engine, cluster: Cluster, members: readonly Member[]): Change[] {
  const kept: Member[] = [];
  const changes = writeProjection(engine, cluster.environment, cluster.links, NOTHING);
  for (const candidate of members.toSorted(byContent)) {
    const done = attempt(engine, cluster, [...kept, candidate], []);
    if (done) {
      kept.push(candidate);
      changes.push(...done);
    } else {
      setState(engine, candidate.observationId, FAILED);
    }
  }
  return changes;
}

function byContent(a: Member, b: Member): number {
  if (a.observation.contentDigest !== b.observation.contentDigest) {
    return a.observation.contentDigest < b.observation.contentDigest ? -1 : 1;
  }
  return a.observationId - b.observationId;
}

/** `null` when these members cannot be folded, or what the fold made cannot be stored; nothing is written then. */
function attempt(
  engine: Engine,
  cluster: Cluster,
  members: readonly Member[],
  tokens: readonly Observation[],
): Change[] | null {
  try {
    return inSavepoint(engine.connection, "projection", () => {
      const folded = engine.reading.foldCluster(
        members.map(({ observation }) => observation),
        tokens,
      );
      for (const [place, { observationId }] of members.entries()) {
        setState(engine, observationId, folded.states[place] ?? FAILED);
      }
      return writeProjection(engine, cluster.environment, cluster.links, folded.projection);
    });
  } catch (error) {
    if (isTheStoresFault(error)) throw error;
    return null;
  }
}

/** A full disk or a lock says nothing about the event; a row that does not fit its table does. */
function isTheStoresFault(error: unknown): boolean {
  const code = errorCode(error);
  return code?.startsWith("SQLITE_") === true && !/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/.test(code);
}

function setState({ connection }: Engine, observationId: number, state: FoldedState): void {
  run(
    connection,
    `UPDATE events SET state = @state, reason = @reason, payment_request_id = @paymentRequestId
     WHERE observation_id = @observationId
     AND (state <> @state OR reason IS NOT @reason OR payment_request_id IS NOT @paymentRequestId)`,
    { observationId, ...state },
  );
}

function tokensOf(engine: Engine, cluster: Cluster): Observation[] {
  const own = new Set(cluster.observationIds);
  const ids = cluster.tokens.flatMap((token) => observationsNaming(engine, cluster.environment, TELLS + token));
  return [...new Set(ids)].filter((id) => !own.has(id)).map((id) => readObservation(engine, id));
}

function member(engine: Engine, observationId: number): Member {
  return { observationId, observation: readObservation(engine, observationId) };
}
