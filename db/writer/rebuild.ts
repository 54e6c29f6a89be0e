import { ENVIRONMENTS, type Environment } from "../../app/lib/environment.ts";
import { isOldestOfCluster } from "./cluster.ts";
import type { Engine } from "./engine.ts";
import { correctEventColumns } from "./event-columns.ts";
import { recountNextHour } from "./hourly-counts.ts";
import type { Done, RebuildStep } from "./jobs.ts";
import { readAgain } from "./observations.ts";
import { project } from "./project.ts";
import { projectedTables } from "./projected-tables.ts";
import { all, get, run } from "./statements.ts";

/** How long a slice may keep captures waiting. */
const SLICE_MS = 25;
const SWEEP_ROWS = 1_000;

/**
 * Folds everything again, in place and in slices, so that lists stay whole and captures go on meanwhile: every body is
 * read anew, rows that no observation names are swept, every cluster is folded once, the counters are counted again.
 */
export function rebuildSlice(engine: Engine, from: RebuildStep | null): Done<RebuildStep> {
  let step = from ?? firstStep(engine);
  const end = performance.now() + SLICE_MS;
  do step = advance(engine, step);
  while (step.phase !== "done" && performance.now() < end);
  return { value: step, changes: [] };
}

function firstStep({ connection }: Engine): RebuildStep {
  const { upTo, count } = get<{ upTo: number | null; count: number }>(
    connection,
    "SELECT max(observation_id) AS upTo, count(*) AS count FROM observations",
  ) ?? { upTo: 0, count: 0 };
  return { phase: "read", part: 0, after: 0, upTo: upTo ?? 0, done: 0, total: count * 2 };
}

function advance(engine: Engine, step: RebuildStep): RebuildStep {
  switch (step.phase) {
    case "read":
      return eachObservation(engine, step, "sweep", ({ observationId }) =>
        correctEventColumns(engine, observationId, readAgain(engine, observationId)),
      );
    case "sweep":
      return sweep(engine, step);
    case "fold":
      return eachObservation(engine, step, "count", ({ observationId, environment }) => {
        if (isOldestOfCluster(engine, environment, observationId)) project(engine, environment, [observationId]);
      });
    case "count":
      return count(engine, step);
    case "done":
      return step;
  }
}

interface ObservationRow {
  readonly observationId: number;
  readonly environment: Environment;
}

function eachObservation(
  { connection }: Engine,
  step: RebuildStep,
  next: RebuildStep["phase"],
  work: (row: ObservationRow) => void,
): RebuildStep {
  const slice = all<ObservationRow>(
    connection,
    `SELECT observation_id AS observationId, environment FROM observations
     WHERE observation_id > ? AND observation_id <= ? ORDER BY observation_id LIMIT 10`,
    step.after,
    step.upTo,
  );
  for (const row of slice) work(row);
  const last = slice.at(-1);
  if (!last) return { ...step, phase: next, part: 0, after: 0 };
  return { ...step, after: last.observationId, done: step.done + slice.length };
}

/** Removes rows of payments that no observation names. Rows of the others are made right by the fold. */
function sweep({ connection }: Engine, step: RebuildStep): RebuildStep {
  const table = projectedTables[step.part];
  if (!table) return { ...step, phase: "fold", part: 0, after: 0 };
  const { name, owner } = table;
  const { last } = get<{ last: number | null }>(
    connection,
    `SELECT max(rowid) AS last FROM (SELECT rowid FROM ${name} WHERE rowid > ? ORDER BY rowid LIMIT ${SWEEP_ROWS})`,
    step.after,
  ) ?? { last: null };
  if (last === null) return { ...step, part: step.part + 1, after: 0 };
  run(
    connection,
    `DELETE FROM ${name} WHERE rowid > ? AND rowid <= ? AND NOT EXISTS
     (SELECT 1 FROM observation_ids o WHERE o.environment = ${name}.environment AND o.value = ${name}.${owner})`,
    step.after,
    last,
  );
  return { ...step, after: last };
}

function count({ connection }: Engine, step: RebuildStep): RebuildStep {
  const environment = ENVIRONMENTS[step.part];
  if (!environment) return { ...step, phase: "done" };
  const next = recountNextHour(connection, environment, step.after);
  return next === null ? { ...step, part: step.part + 1, after: 0 } : { ...step, after: next };
}
