import { timingSafeEqual } from "node:crypto";

/** Compares keys in constant time; their length is no secret. */
export function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
