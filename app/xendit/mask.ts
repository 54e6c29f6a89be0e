import { Buffer } from "node:buffer";
import { maskJsonValues } from "./mask-json.ts";
import { maskPatterns } from "./mask-patterns.ts";

/**
 * Takes card data out before anything is written, hashed or logged (RULES 2). Only the values go: every other byte stays
 * where it was, and masking again changes nothing.
 */
export function maskBody(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly masked: boolean } {
  // Bytes that are not UTF-8 are read one by one, so that those around a masked value come back as they were.
  const encoding = isUtf8(bytes) ? "utf8" : "latin1";
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
  const masked = maskText(text);
  return masked === text ? { bytes, masked: false } : { bytes: Buffer.from(masked, encoding), masked: true };
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
