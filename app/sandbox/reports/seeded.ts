/** Chance that repeats itself: the same seed and text draw the same, whatever was drawn before for other texts. */
export interface Seeded {
  /** [0, 1) */
  next(): number;
  /** Whole numbers from `low` to `high`, both included. */
  int(low: number, high: number): number;
  uuid(): string;
}

/** FNV-1a over the text, then mulberry32: quick, and nothing secret is made with it. */
export function seeded(seed: number, text: string): Seeded {
  let state = (seed ^ 0x811c9dc5) >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => word() / 4_294_967_296;
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    uuid: () => uuidOf([word(), word(), word(), word()]),
  };
}

const HEX = Buffer.from("0123456789abcdef", "latin1");
/** Where a UUID's digits stand, its version and its variant aside. */
const PLACES = [..."xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"].flatMap((letter, place) => (letter === "x" ? [place] : []));
const digits = Buffer.from("00000000-0000-4000-8000-000000000000", "latin1");

/** Written into bytes: made of pieces it would keep all of them in memory. */
function uuidOf(words: readonly [number, number, number, number]): string {
  PLACES.forEach((place, index) => {
    digits[place] = HEX[((words[index >> 3] ?? 0) >>> ((index & 7) * 4)) & 15] ?? 0;
  });
  return digits.toString("latin1");
}
