import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { Zip, ZipDeflate } from "fflate";

export interface ZipEntry {
  /** A path with `/`, ASCII, unique in its zip. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const DIGESTS_NAME = "digests.txt";

/** Compressed at a time; between two the event loop gets its turn, so that a bundle never holds up a capture. */
const SLICE = 64 * 1024;

/**
 * A zip as it is made, one entry at a time; its last entry is `digests.txt`, the SHA-256 of every other as `sha256sum -c`
 * reads them. The same entries and instant give the same bytes, in whatever zone the process runs. An error on the way
 * errors the stream, which kills the connection: half a bundle must not look like a whole one.
 */
export function zipStream(entries: AsyncIterable<ZipEntry>, at: Date): ReadableStream<Uint8Array> {
  const chunks = zipChunks(entries, at);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return();
    },
  });
}

async function* zipChunks(entries: AsyncIterable<ZipEntry>, at: Date): AsyncGenerator<Uint8Array, void, void> {
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  const take = () => {
    if (failure) throw failure;
    const taken = ready;
    ready = [];
    return taken.filter((chunk) => chunk.byteLength > 0);
  };
  const digests: string[] = [];

  async function* add({ name, bytes }: ZipEntry) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = asLocal(at);
    zip.add(file);
    for (let start = 0; ; start += SLICE) {
      const isLast = start + SLICE >= bytes.byteLength;
      file.push(bytes.subarray(start, start + SLICE), isLast);
      yield* take();
      await setImmediate();
      if (isLast) return;
    }
  }

  for await (const entry of entries) {
    digests.push(`${createHash("sha256").update(entry.bytes).digest("hex")}  ${entry.name}\n`);
    yield* add(entry);
  }
  yield* add({ name: DIGESTS_NAME, bytes: new TextEncoder().encode(digests.join("")) });
  zip.end();
  yield* take();
}

/** Zip knows no zone and fflate writes the process's own: this instant's local clock shows UTC. */
function asLocal(at: Date): Date {
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  );
}
