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
  const hex = () => word().toString(16).padStart(8, "0");
  const next = () => word() / 4_294_967_296;
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    uuid() {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
  };
}
