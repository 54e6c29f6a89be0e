import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";

/** Argon2id with the parameters of the OWASP cheat sheet, which are the library's defaults: 19 MiB, 2 passes. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"));
}

/** A hash of nothing anybody knows, so that an unknown e-mail costs the same time as a wrong password. */
let nobody: Promise<string> | null = null;

export async function isPassword(password: string, storedHash: string | null): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(32).toString("hex"));
  const isMatch = await verify(storedHash ?? (await nobody), password.normalize("NFC"));
  return isMatch && storedHash !== null;
}

/** Length is what makes a password strong; the upper end only keeps one request from costing much. */
export const NewPassword = z
  .string()
  .min(10, "Use at least 10 characters; a sentence is easiest to remember.")
  .max(200, "Use at most 200 characters.");
