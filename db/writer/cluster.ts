import type { Environment } from "../../app/lib/environment.ts";
import type { Engine } from "./engine.ts";
import { namesOf, observationsNaming, PAID_WITH, TELLS } from "./observations.ts";

/** All observations that name a payment, directly or through an id they share with one that does (RULES 5). */
export interface Cluster {
  readonly environment: Environment;
  /** Ascending. */
  readonly observationIds: readonly number[];
  readonly links: readonly string[];
  /** `pt-` ids its members name. */
  readonly tokens: readonly string[];
}

export function findCluster(engine: Engine, environment: Environment, start: number): Cluster {
  const found = walk(engine, environment, start, () => false);
  const names = [...found.names];
  return {
    environment,
    observationIds: [...found.ids].sort((a, b) => a - b),
    links: names.filter(isLink),
    tokens: [...new Set(names.filter((name) => !isLink(name)).map(tokenOf))],
  };
}

/** Whether no observation of its cluster is older, so that a walk over all observations meets each cluster once. */
export function isOldestOfCluster(engine: Engine, environment: Environment, start: number): boolean {
  return !walk(engine, environment, start, (id) => id < start).stopped;
}

function walk(engine: Engine, environment: Environment, start: number, stop: (id: number) => boolean): Walk {
  const ids = new Set([start]);
  const names = new Set<string>();
  // A Set hands out what is added while it is being read, so this is the whole breadth-first search.
  for (const id of ids) {
    if (stop(id)) return { ids, names, stopped: true };
    for (const name of namesOf(engine, id)) {
      if (names.has(name)) continue;
      names.add(name);
      if (!isLink(name)) continue;
      for (const neighbour of observationsNaming(engine, environment, name)) ids.add(neighbour);
    }
  }
  return { ids, names, stopped: false };
}

interface Walk {
  readonly ids: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
  readonly stopped: boolean;
}

function isLink(name: string): boolean {
  return !name.startsWith(PAID_WITH) && !name.startsWith(TELLS);
}

function tokenOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
