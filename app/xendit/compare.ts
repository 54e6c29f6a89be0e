import { isJsonObject, type Json } from "./bodies/json.ts";
import { canonicalJson } from "./canonical.ts";
import type { Observation } from "./observation.ts";
import { factsOf } from "./read-observation.ts";

export interface Comparison {
  readonly outcome: "equal" | "variant" | "conflict";
  /** Paths of the fields that differ, sorted. */
  readonly drift: readonly string[];
}

/** More would be another document, not a drift; the last entry says how many are left out. */
const MAX_DRIFT = 50;

/** Two observations of one key (RULES 3): the same, other content without contradiction, or a contradiction. */
export function compareSameKey(a: Observation, b: Observation): Comparison {
  if (a.contentDigest === b.contentDigest) return { outcome: "equal", drift: [] };
  const drift = shortened([...new Set(differences(factsOf(a).content, factsOf(b).content, ""))].sort());
  return { outcome: contradict(a.material, b.material) ? "conflict" : "variant", drift };
}

/** Whether two non-null material values differ. */
export function contradict(a: Observation["material"], b: Observation["material"]): boolean {
  return Object.entries(a).some(([name, value]) => Object.hasOwn(b, name) && b[name] !== value);
}

function differences(a: Json | undefined, b: Json | undefined, path: string): string[] {
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].flatMap((name) => differences(a[name], b[name], path ? `${path}.${name}` : name));
  }
  return canonicalJson(a ?? null) === canonicalJson(b ?? null) && (a === undefined) === (b === undefined)
    ? []
    : [path || "(whole body)"];
}

function shortened(paths: readonly string[]): readonly string[] {
  if (paths.length <= MAX_DRIFT) return paths;
  return [...paths.slice(0, MAX_DRIFT - 1), `and ${paths.length - MAX_DRIFT + 1} more`];
}
