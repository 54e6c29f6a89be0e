import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Secrets at rest: AES-256-GCM under ENCRYPTION_KEY. `v1.nonce.tag.ciphertext`, each part base64url. */
const VERSION = "v1";

export function seal(plain: string, key: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return [VERSION, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"))].join(".");
}

/** Throws when the key is another one or the text was changed. */
export function open(sealed: string, key: Uint8Array): string {
  const [version, nonce = "", tag = "", text = ""] = sealed.split(".");
  if (version !== VERSION) throw new Error("This is not a sealed secret of a version we know.");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), { authTagLength: 16 });
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error("A stored secret cannot be opened: ENCRYPTION_KEY is not the one it was sealed with.", { cause });
  }
}
