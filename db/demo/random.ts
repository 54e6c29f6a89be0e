/** Chance that repeats itself: the same seed tells the same story. */
export interface Random {
  /** [0, 1) */
  next(): number;
  /** Whole numbers from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  weighted<Value>(odds: Odds<Value>): Value;
  shuffled<Value>(values: readonly Value[]): readonly Value[];
  digits(length: number): string;
  hex(length: number): string;
  uuid(): string;
}

export type Odds<Value> = readonly (readonly [value: Value, weight: number])[];

/** mulberry32: small, quick, and good enough to look at. Nothing secret is ever made with it. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const letters = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join("");
  const hex = (length: number) => letters("0123456789abcdef", length);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => at(values, int(0, values.length - 1)),
    weighted: (odds) => pickWeighted(odds, next()),
    shuffled: (values) =>
      values
        .map((value) => ({ value, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),
    digits: (length) => letters("0123456789", length),
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${letters("89ab", 1)}${hex(3)}-${hex(12)}`,
  };
}

function pickWeighted<Value>(odds: Odds<Value>, drawn: number): Value {
  const total = odds.reduce((sum, [, weight]) => sum + weight, 0);
  let left = drawn * total;
  for (const [value, weight] of odds) {
    left -= weight;
    if (left < 0) return value;
  }
  return at(odds, odds.length - 1)[0];
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new Error("nothing to choose from");
  return value;
}
