import { MAX_PART } from "~/domain/reconciliation/import.ts";
import { paths } from "~/lib/paths.ts";

export interface SendFile {
  readonly file: File;
  readonly environment: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { importId: string; sent: number }) => void;
  /** Called before each pause after a part that did not arrive, and with `null` when it goes on. */
  readonly onPause: (reason: string | null) => void;
  readonly fetch?: typeof fetch;
  readonly pauseMs?: (tries: number) => number;
}

/** Words for whoever uploads. */
export class UploadError extends Error {
  override readonly name = "UploadError";
}

interface Stand {
  readonly importId: string;
  readonly received: number;
  readonly isWhole: boolean;
}

const MOST_TRIES = 10;
const LONGEST_PAUSE = 30_000;
const doubling = (tries: number) => Math.min(LONGEST_PAUSE, 500 * 2 ** tries);

/** Sends a file part by part, going on where an earlier upload of it ended; answers with the import's id. */
export async function sendFile(options: SendFile): Promise<string> {
  const { file, signal, onProgress } = options;
  const form = new URLSearchParams({
    environment: options.environment,
    name: file.name,
    size: String(file.size),
    modified: String(file.lastModified),
  });
  let stand = await call(options, () => [paths.reconciliationUploads(), { method: "POST", body: form }]);
  const { importId } = stand;
  while (!stand.isWhole) {
    signal.throwIfAborted();
    onProgress({ importId, sent: stand.received });
    const offset = stand.received;
    // An empty last part ends an upload that is all there.
    const body = file.slice(offset, offset + MAX_PART);
    stand = await call(options, () => [
      `${paths.reconciliationPart(importId)}?offset=${offset}`,
      { method: "PUT", body },
    ]);
  }
  onProgress({ importId, sent: file.size });
  return importId;
}

/** A call that is made again, later each time, while the way there is broken; what is refused is not. */
async function call(
  { signal, onPause, fetch: send = fetch, pauseMs = doubling }: SendFile,
  request: () => readonly [string, RequestInit],
): Promise<Stand> {
  for (let tries = 0; ; tries++) {
    const answer = await attempt(() => send(...withSignal(request(), signal)));
    signal.throwIfAborted();
    if (answer.ok) {
      if (tries > 0) onPause(null);
      return answer.stand;
    }
    if (answer.isFinal || tries >= MOST_TRIES) throw new UploadError(answer.words);
    onPause(answer.words);
    await pause(pauseMs(tries), signal);
  }
}

type Attempt =
  | { readonly ok: true; readonly stand: Stand }
  | { readonly ok: false; readonly isFinal: boolean; readonly words: string };

async function attempt(send: () => Promise<Response>): Promise<Attempt> {
  let response: Response;
  try {
    response = await send();
  } catch {
    return { ok: false, isFinal: false, words: "The connection was lost. Trying again." };
  }
  const body: unknown = await response.json().catch(() => null);
  // 409 says where the file ends: an answer that was lost on its way is made up for.
  if (isStand(body)) return { ok: true, stand: body };
  const words = wordsIn(body);
  if (words !== null) return { ok: false, isFinal: response.status < 500 || response.status === 507, words };
  if (response.status >= 500) return { ok: false, isFinal: false, words: "The server did not answer. Trying again." };
  const signIn = "Your sign-in has ended. Sign in again and choose the same file: it goes on where it stopped.";
  const isSignIn = response.ok || response.status === 401;
  return { ok: false, isFinal: true, words: isSignIn ? signIn : `The server refused it (${response.status}).` };
}

function withSignal([url, init]: readonly [string, RequestInit], signal: AbortSignal): [string, RequestInit] {
  return [url, { ...init, signal, headers: { Accept: "application/json" } }];
}

function isStand(body: unknown): body is Stand {
  return typeof body === "object" && body !== null && "importId" in body && "received" in body && "isWhole" in body;
}

function wordsIn(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
