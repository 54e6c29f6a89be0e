import { Buffer } from "node:buffer";
import { maskJsonValues } from "./mask-json.ts";
import { maskPatterns } from "./mask-patterns.ts";

/**
 * Takes card data out before anything is written, hashed or logged (RULES 2). Only the values go: every other byte stays
 * where it was, and masking again changes nothing.
 */
export function maskBody(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly masked: boolean } {
  let masked = maskOnce(bytes);
  // What one reading took out may move what another reads, but only where there are several readings.
  for (let round = 1; round < MAX_ROUNDS && masked !== bytes && masked.includes(0); round++) {
    const again = maskOnce(masked);
    if (again === masked) break;
    masked = again;
  }
  return { bytes: masked, masked: masked !== bytes };
}

const MAX_ROUNDS = 8;

/** The very same array when there was nothing to mask. */
function maskOnce(bytes: Uint8Array): Uint8Array {
  // In UTF-16 every letter of a name and every digit has a NUL beside it, and sound UTF-8 JSON has none.
  const wide = bytes.includes(0) ? maskWide(maskWide(bytes, 0), 1) : bytes;
  return maskNarrow(wide);
}

/** Read as UTF-16 of both byte orders, from an even or an odd place. */
function maskWide(bytes: Uint8Array, from: 0 | 1): Uint8Array {
  const whole = Buffer.from(bytes);
  const end = from + 2 * Math.floor((bytes.length - from) / 2);
  if (end <= from) return bytes;
  let wide: Buffer = whole.subarray(from, end);
  let found = false;
  for (const order of ["little", "big"]) {
    const text = ordered(wide, order).toString("utf16le");
    const masked = maskText(text);
    if (masked === text) continue;
    found = true;
    wide = ordered(Buffer.from(masked, "utf16le"), order);
  }
  return found ? Buffer.concat([whole.subarray(0, from), wide, whole.subarray(end)]) : bytes;
}

function ordered(wide: Buffer, order: string): Buffer {
  return order === "big" ? Buffer.from(wide).swap16() : wide;
}

function maskNarrow(bytes: Uint8Array): Uint8Array {
  // Bytes that are not UTF-8 are read one by one, so that those around a masked value come back as they were.
  const encoding = isUtf8(bytes) ? "utf8" : "latin1";
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
  const masked = maskText(text);
  return masked === text ? bytes : Buffer.from(masked, encoding);
}

/** The same for text on its way to a log or a stored exchange. */
export function maskText(text: string): string {
  const masked = maskJsonValues(text);
  return isJson(text) ? masked : maskPatterns(masked, "text");
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
    return true;
  } catch {
    return false;
  }
}
