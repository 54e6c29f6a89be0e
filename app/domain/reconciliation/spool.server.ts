import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Config } from "~/env.server.ts";
import { OWN_PREFIXES } from "~/lib/ids.ts";

/** Where uploaded reports stand until they are read: beside the database, readable by its owner only. */
export type SpoolConfig = Pick<Config, "databaseFile">;

const NAME = new RegExp(`^${OWN_PREFIXES.import}[0-9a-f-]{36}$`);

export function spoolFolder({ databaseFile }: SpoolConfig): string {
  return databaseFile === ":memory:" ? join(tmpdir(), "paydesk-imports") : join(dirname(databaseFile), "imports");
}

/** The id becomes a file's name, so it must be one of ours. */
export function spoolPath(config: SpoolConfig, importId: string): string {
  if (!NAME.test(importId)) throw new Error("Not the id of an import");
  return join(spoolFolder(config), importId);
}

/** How much is there; `null` when there is no file. */
export async function spooledSize(config: SpoolConfig, importId: string): Promise<number | null> {
  const found = await stat(spoolPath(config, importId)).catch(() => null);
  return found?.size ?? null;
}

/**
 * Puts bytes at an offset and cuts off whatever stood behind it: what an earlier process wrote and did not say so is
 * written again.
 */
export async function writeSpool(
  config: SpoolConfig,
  { importId, offset, bytes, isLast }: { importId: string; offset: number; bytes: Uint8Array; isLast: boolean },
): Promise<void> {
  await mkdir(spoolFolder(config), { recursive: true, mode: 0o700 });
  const file = await openForWriting(spoolPath(config, importId));
  try {
    await file.truncate(offset);
    let written = 0;
    while (written < bytes.length) {
      written += (await file.write(bytes, written, bytes.length - written, offset + written)).bytesWritten;
    }
    // Only a whole file is said to be whole; a part that is lost to a power cut is sent again.
    if (isLast) await file.sync();
  } finally {
    await file.close();
  }
}

async function openForWriting(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r+");
  } catch (error) {
    if (!isMissing(error)) throw error;
    return open(path, "wx+", 0o600);
  }
}

export function openSpool(config: SpoolConfig, importId: string): Promise<FileHandle> {
  return open(spoolPath(config, importId), "r");
}

export async function removeSpool(config: SpoolConfig, importId: string): Promise<void> {
  await rm(spoolPath(config, importId), { force: true });
}

/** What lies in the folder, with when it was last written to. */
export async function listSpool(config: SpoolConfig): Promise<readonly { importId: string; changedAt: number }[]> {
  const names = await readdir(spoolFolder(config)).catch(() => []);
  const ours = names.filter((name) => NAME.test(name));
  const files = await Promise.all(
    ours.map(async (importId) => {
      const found = await stat(spoolPath(config, importId)).catch(() => null);
      return found ? [{ importId, changedAt: found.mtimeMs }] : [];
    }),
  );
  return files.flat();
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

export function isOutOfRoom(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "EFBIG"].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
