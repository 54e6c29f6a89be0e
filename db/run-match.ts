import type { GroupChange, Matched, MatchOrder } from "./database.ts";
import type { JobQueue } from "./queue.ts";
import type { MatchStep } from "./writer/jobs.ts";

/** As many groups as a slice has time for. */
const KEYS_PER_SLICE = 20;

/** Hands a match to the writer slice by slice, so that captures get their turn in between. */
export async function runMatch(
  queue: JobQueue,
  order: MatchOrder,
  progress?: (done: number, total: number) => void,
): Promise<Matched> {
  return order.groupKeys ? matchSome(queue, order, order.groupKeys, progress) : matchWhole(queue, order, progress);
}

async function matchWhole(
  queue: JobQueue,
  order: MatchOrder,
  progress?: (done: number, total: number) => void,
): Promise<Matched> {
  const changes: GroupChange[] = [];
  let step: MatchStep | null = null;
  do {
    step = await queue.submit({ kind: "match", input: { order, step } }, "background");
    for (const change of step.changes) changes.push(change);
    progress?.(Math.min(step.done, step.total), step.total);
  } while (step.phase !== "done");
  return { groups: step.groups, changed: step.changed, check: step.check, changes };
}

async function matchSome(
  queue: JobQueue,
  order: MatchOrder,
  groupKeys: readonly string[],
  progress?: (done: number, total: number) => void,
): Promise<Matched> {
  const keys = [...new Set(groupKeys)];
  const changes: GroupChange[] = [];
  let [groups, changed] = [0, 0];
  for (let start = 0; start < keys.length; start += KEYS_PER_SLICE) {
    const some = { ...order, groupKeys: keys.slice(start, start + KEYS_PER_SLICE) };
    const step = await queue.submit({ kind: "match", input: { order: some, step: null } }, "background");
    changes.push(...step.changes);
    groups += step.groups;
    changed += step.changed;
    progress?.(Math.min(start + KEYS_PER_SLICE, keys.length), keys.length);
  }
  return { groups, changed, check: null, changes };
}
