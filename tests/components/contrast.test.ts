import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The tokens as `light-dark(#…, #…)` pairs: what is drawn on what must be readable in both (WCAG AA). */
const css = readFileSync(new URL("../../app/styles/app.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

const tones = ["good", "bad", "waiting", "look", "unknown"];
const grounds = ["canvas", "surface", "sunken", "hover", "selected"];
const texts: readonly (readonly [text: string, ground: string])[] = [
  ...["ink", "muted"].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...["canvas", "surface", "hover"].flatMap((ground) => [["faint", ground] as const, ["accent", ground] as const]),
  ...[...tones, "sandbox", "test"].map((tone) => [tone, `${tone}-soft`] as const),
  ...tones.flatMap((tone) => [[tone, "surface"] as const, [tone, "hover"] as const]),
  ...tones.map((tone) => ["ink", `${tone}-soft`] as const),
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-bad", "bad"],
];
const marks: readonly (readonly [mark: string, ground: string])[] = [
  ...[...tones, "sandbox", "test"].map((tone) => [`${tone}-mark`, "surface"] as const),
  ["control", "surface"],
  ["accent", "surface"],
];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(texts)("writes %s on %s with at least 4.5 : 1", (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)("draws %s on %s with at least 3 : 1", (mark, ground) => {
    expect(contrast(colour(mark, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

function colour(name: string, theme: "light" | "dark"): string {
  const token = tokens.get(name);
  if (!token) throw new Error(`app.css has no colour ${name}`);
  return token[theme];
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
