/**
 * A browser shares one stream among its tabs, so an operator needs few. More than this is a client gone wrong; its oldest
 * stream makes room, because the newest is the one somebody looks at.
 */
const STREAMS_PER_OPERATOR = 4;

const open = new Map<string, AbortController[]>();

/** Registers a stream; the signal ends it when `request` does or when it has to make room. */
export function openStream(operatorId: string, request: AbortSignal): AbortSignal {
  const own = new AbortController();
  const streams = [...(open.get(operatorId) ?? []), own];
  for (const oldest of streams.splice(0, Math.max(0, streams.length - STREAMS_PER_OPERATOR))) oldest.abort();
  open.set(operatorId, streams);

  const signal = AbortSignal.any([request, own.signal]);
  signal.addEventListener("abort", () => {
    const left = (open.get(operatorId) ?? []).filter((stream) => stream !== own);
    if (left.length > 0) open.set(operatorId, left);
    else open.delete(operatorId);
  });
  return signal;
}
