import { and, count, desc, eq, gt, isNull, ne, or } from "drizzle-orm";
import type { Database } from "~/db.server.ts";

export type TokenRow = Awaited<ReturnType<typeof listOwnTokens>>[number];

/** An operator's own, newest first; never the tokens themselves, which nobody has. Those long over are left out. */
export async function listOwnTokens(db: Database, { operatorId, since }: { operatorId: string; since: number }) {
  return selectTokens(db).where(and(eq(db.tables.accessTokens.operatorId, operatorId), isRecent(db, since)));
}

/** Everybody else's, for those who may end them. */
export async function listOthersTokens(db: Database, { operatorId, since }: { operatorId: string; since: number }) {
  return selectTokens(db).where(and(ne(db.tables.accessTokens.operatorId, operatorId), isRecent(db, since)));
}

/** How many of an operator's would still work. */
export async function countWorkingTokens(db: Database, { operatorId, now }: { operatorId: string; now: number }) {
  const { accessTokens } = db.tables;
  const [found] = await db.read
    .select({ tokens: count() })
    .from(accessTokens)
    .where(
      and(eq(accessTokens.operatorId, operatorId), isNull(accessTokens.revokedAt), gt(accessTokens.expiresAt, now)),
    );
  return Number(found?.tokens ?? 0);
}

/** Neither expired nor revoked before `since`. */
function isRecent({ tables: { accessTokens } }: Database, since: number) {
  return and(gt(accessTokens.expiresAt, since), or(isNull(accessTokens.revokedAt), gt(accessTokens.revokedAt, since)));
}

function selectTokens({ read, tables: { accessTokens, operators } }: Database) {
  return read
    .select({
      tokenId: accessTokens.tokenId,
      name: accessTokens.name,
      email: operators.email,
      createdAt: accessTokens.createdAt,
      expiresAt: accessTokens.expiresAt,
      lastUsedAt: accessTokens.lastUsedAt,
      revokedAt: accessTokens.revokedAt,
    })
    .from(accessTokens)
    .innerJoin(operators, eq(operators.operatorId, accessTokens.operatorId))
    .orderBy(desc(accessTokens.createdAt), desc(accessTokens.tokenId))
    .$dynamic();
}
