import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

export type Decoded =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: "too_large" | "undecodable" };

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoders: ReadonlyMap<string, Decoder> = new Map([
  ["gzip", promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ["x-gzip", promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ["deflate", promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate)],
  ["br", promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress)],
]);

/** What a Content-Encoding hides could not be masked, so it is undone first; never to more than `limit` bytes. */
export async function decodeBody(bytes: Buffer, encoding: string | undefined, limit: number): Promise<Decoded> {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity") return { ok: true, bytes };
  const decoder = decoders.get(name);
  if (!decoder) return { ok: false, reason: "undecodable" };
  try {
    return { ok: true, bytes: await decoder(bytes, { maxOutputLength: limit }) };
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return { ok: false, reason: isTooLarge ? "too_large" : "undecodable" };
  }
}
