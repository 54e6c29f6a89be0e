/**
 * Works through items, up to `concurrency` at once. Those of one key go one after another, in the order given; with a
 * concurrency of 1 all of them do.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  { concurrency, keyOf, stopping }: { concurrency: number; keyOf: (item: Item) => string; stopping: AbortSignal },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const busy = new Set<string>();
  const underWay = new Set<Promise<void>>();
  while ((waiting.length > 0 || underWay.size > 0) && !(stopping.aborted && underWay.size === 0)) {
    const next = stopping.aborted || underWay.size >= concurrency ? undefined : takeFree(waiting, busy, keyOf);
    if (next === undefined) {
      await Promise.race(underWay);
      continue;
    }
    const key = keyOf(next);
    busy.add(key);
    const run: Promise<void> = work(next).finally(() => {
      busy.delete(key);
      underWay.delete(run);
    });
    underWay.add(run);
  }
}

function takeFree<Item>(waiting: Item[], busy: ReadonlySet<string>, keyOf: (item: Item) => string): Item | undefined {
  const at = waiting.findIndex((item) => !busy.has(keyOf(item)));
  return at === -1 ? undefined : waiting.splice(at, 1)[0];
}
