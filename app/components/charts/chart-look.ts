/** Axes and grid of every chart: quiet, from the same tokens as the rest. */
export const axis = {
  tickLine: false,
  axisLine: false,
  tick: { fontSize: 12, fill: "var(--color-faint)" },
} as const;

export const grid = { vertical: false, stroke: "var(--color-line)" } as const;
