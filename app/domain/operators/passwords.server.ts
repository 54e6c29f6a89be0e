import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

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
