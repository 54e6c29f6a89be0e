import type { IncomingMessage } from "node:http";

export type BodyRead =
  | { readonly ok: true; readonly bytes: Buffer; readonly size: number }
  /** `size` is what was declared, else what had come by then. */
  | { readonly ok: false; readonly reason: "too_large" | "too_slow" | "aborted"; readonly size: number };

/**
 * The whole raw body, or why not. A sender that trickles holds nothing for longer than `timeoutMs`; with `keep` off the
 * bytes are only counted, so that strangers cannot fill the memory.
 */
export function readBody(
  request: IncomingMessage,
  { limit, timeoutMs, keep = true }: { limit: number; timeoutMs: number; keep?: boolean },
): Promise<BodyRead> {
  const declared = declaredSize(request);
  if (declared !== null && declared > limit) return Promise.resolve({ ok: false, reason: "too_large", size: declared });

  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (result: BodyRead) => {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("error", onAborted).off("close", onAborted);
      // Listening for nothing, but an error nobody listens to would end the process.
      request.on("error", () => {});
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) finish({ ok: false, reason: "too_large", size });
      else if (keep) chunks.push(chunk);
    };
    const onEnd = () => finish({ ok: true, bytes: Buffer.concat(chunks), size });
    const onAborted = () => finish({ ok: false, reason: "aborted", size });
    const timer = setTimeout(() => finish({ ok: false, reason: "too_slow", size }), timeoutMs);
    request.on("data", onData).on("end", onEnd).on("error", onAborted).on("close", onAborted);
  });
}

export function declaredSize(request: IncomingMessage): number | null {
  const header = request.headers["content-length"];
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : null;
}
