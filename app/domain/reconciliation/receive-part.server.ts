import { and, eq } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Operator } from "../operators/operator.ts";
import { finishUpload } from "./finish-upload.server.ts";
import { type ImportRefusal, MAX_PART, maySeeImports, type UploadStand } from "./import.ts";
import { isOutOfRoom, spooledSize, writeSpool } from "./spool.server.ts";

export interface ReceivePart {
  readonly importId: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Only whoever began an upload goes on with it. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
}

/** One at a time: of two parts sent at once for one offset, the second is answered with how much is there. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Appends a part where the file ends. A part for another place changes nothing and is answered with where the file ends,
 * which a sender that lost an answer goes on from. The last part makes the file an import that waits to be read.
 */
export async function receivePart(
  context: Pick<AppContext, "db" | "config" | "signals">,
  part: ReceivePart,
): Promise<Result<UploadStand, ImportRefusal>> {
  const before = turns.get(part.importId) ?? Promise.resolve();
  const turn = before.then(() => append(context, part));
  const settled = turn.catch(() => {});
  turns.set(part.importId, settled);
  try {
    return await turn;
  } finally {
    if (turns.get(part.importId) === settled) turns.delete(part.importId);
  }
}

async function append(
  { db, config, signals }: Pick<AppContext, "db" | "config" | "signals">,
  { importId, offset, bytes, operator, now }: ReceivePart,
): Promise<Result<UploadStand, ImportRefusal>> {
  const upload = await findUpload(db, importId, operator);
  if (!upload) return refused("not_found");
  const { state, environment } = upload;
  const size = upload.size ?? 0;
  if (state !== "receiving") {
    const isWhole = state !== "cancelled";
    return isWhole ? ok({ importId, received: size, isWhole }) : refused("not_receiving");
  }
  if (bytes.length > MAX_PART) return refused("part_too_large");
  const received = Math.min(upload.received, (await spooledSize(config, importId)) ?? 0);
  if (offset !== received) return ok({ importId, received, isWhole: false });
  const end = offset + bytes.length;
  if (end > size) return refused("part_too_long");

  const isLast = end === size;
  try {
    if (bytes.length > 0) await writeSpool(config, { importId, offset, bytes, isLast });
  } catch (error) {
    if (isOutOfRoom(error)) return refused("no_room");
    throw error;
  }
  const { reportImports } = db.tables;
  const isReceiving = and(eq(reportImports.importId, importId), eq(reportImports.state, "receiving"));
  const kept = await db.write([
    { query: db.read.update(reportImports).set({ received: end }).where(isReceiving), rows: 1 },
  ]);
  if (!kept.ok) return refused("not_receiving");
  if (isLast) await finishUpload({ db, config, signals }, { importId, environment, now });
  return ok({ importId, received: end, isWhole: isLast });
}

async function findUpload(db: Database, importId: string, { operatorId, scope }: ReceivePart["operator"]) {
  const { reportImports } = db.tables;
  const [row] = await db.read.select().from(reportImports).where(eq(reportImports.importId, importId)).limit(1);
  const isTheirs = maySeeImports(scope) && row?.operatorId === operatorId && row.kind !== "pull";
  return isTheirs && row.size !== null && scope.environments.includes(row.environment) ? row : null;
}
