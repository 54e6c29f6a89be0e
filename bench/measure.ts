/** One line of the report. */
export type Measure = { readonly name: string } & Readonly<Record<string, number | string>>;

/** Does `work` so many times, so many at once, and tells how long each took and how many were done in a second. */
export async function measure(
  name: string,
  times: number,
  callers: number,
  work: (number: number) => PromiseLike<unknown>,
): Promise<Measure> {
  const milliseconds: number[] = [];
  let next = 0;
  const call = async () => {
    for (let number = next++; number < times; number = next++) {
      const startedAt = performance.now();
      await work(number);
      milliseconds.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: callers }, call));
  const seconds = (performance.now() - startedAt) / 1_000;
  milliseconds.sort((a, b) => a - b);
  const at = (share: number) => Math.round((milliseconds[Math.floor(share * (times - 1))] ?? 0) * 1_000) / 1_000;
  return { name, times, callers, perSecond: Math.round(times / seconds), p50Ms: at(0.5), p99Ms: at(0.99) };
}

export function report({ name, ...figures }: Measure): string {
  const shown = Object.entries(figures).map(([figure, value]) => `${figure} ${value}`);
  return `${name.padEnd(28)}${shown.join("   ")}`;
}
