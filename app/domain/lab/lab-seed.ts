import { createHash } from "node:crypto";

/**
 * Everything a run makes up comes from its seed by SHA-256 of `seed/name`, so that the same seed makes the same bytes in
 * every installation, and one more thing made up changes none of the others.
 */
export interface LabChance {
  /** Hexadecimal, 64 at most. */
  hex(name: string, length: number): string;
  uuid(name: string): string;
  /** Whole numbers from `low` to `high`, both included. */
  int(name: string, low: number, high: number): number;
  /** A source of [0, 1) that goes on and on. */
  random(name: string): () => number;
}

/** Seeds from here on are read as the Unix second the events are dated at. */
const FIRST_DATED_SEED = 1_577_836_800;
const UNDATED_AT = Date.UTC(2026, 0, 1);

/**
 * The moment a seed's events are dated at, in UTC milliseconds. A new run takes the present second as its seed, so its
 * events are fresh; run again with that seed they are the same bytes, by then of a while ago.
 */
export function seedTime(seed: number): number {
  return seed >= FIRST_DATED_SEED ? seed * 1000 : UNDATED_AT + seed;
}

export function labChance(seed: number, scenario: string): LabChance {
  const digest = (name: string) => createHash("sha256").update(`${seed}/${scenario}/${name}`).digest("hex");
  const fraction = (name: string) => Number.parseInt(digest(name).slice(0, 12), 16) / 2 ** 48;
  return {
    hex: (name, length) => digest(name).slice(0, length),
    uuid(name) {
      const hex = digest(name);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    int: (name, low, high) => low + Math.floor(fraction(name) * (high - low + 1)),
    random(name) {
      let drawn = 0;
      return () => fraction(`${name}/${drawn++}`);
    },
  };
}
