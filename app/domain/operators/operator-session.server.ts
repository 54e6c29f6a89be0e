import { createHmac, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database, Statement } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import { readCookie } from "../../lib/cookies.server.ts";
import type { StoredOperator } from "./operator.ts";

/** A sign-in: a random token in the browser, its keyed digest here. 12 hours idle or 7 days at most end it. */
const MINUTE = 60_000;
export const IDLE_MS = 12 * 60 * MINUTE;
export const ABSOLUTE_MS = 7 * 24 * 60 * MINUTE;
/** How often looking at pages is written down; the idle limit is this much less exact. */
const SEEN_EVERY_MS = 5 * MINUTE;

type CookieConfig = Pick<Config, "publicUrl" | "sessionSecret">;

/**
 * Cookies do not know ports, so two installations on one machine would sign each other out; on https the `__Host-`
 * prefix makes the browser hold the cookie to this very host.
 */
export function sessionCookieName(config: Pick<Config, "publicUrl">): string {
  const url = new URL(config.publicUrl);
  return url.protocol === "https:" ? "__Host-paydesk" : `paydesk-${url.port || "80"}`;
}

/** Keyed with SESSION_SECRET, so that a new secret ends every sign-in and a stolen table opens none. */
export function sessionDigest(config: CookieConfig, token: string): string {
  return createHmac("sha256", config.sessionSecret).update(token).digest("hex");
}

/** The statement that begins a session and the cookie that carries it. */
export function beginSession(
  db: Database,
  config: CookieConfig,
  { operatorId, now }: { operatorId: string; now: Date },
): { statement: Statement; cookie: string } {
  const token = randomBytes(32).toString("base64url");
  const at = now.getTime();
  const query = db.read.insert(db.tables.operatorSessions).values({
    tokenDigest: sessionDigest(config, token),
    operatorId,
    createdAt: at,
    seenAt: at,
    expiresAt: at + ABSOLUTE_MS,
  });
  return { statement: { query, rows: 1 }, cookie: sessionCookie(config, token, ABSOLUTE_MS / 1000) };
}

/** The operator a request is signed in as, or `null`. */
export async function findSignedIn(
  db: Database,
  config: CookieConfig,
  { request, now }: { request: Request; now: Date },
): Promise<StoredOperator | null> {
  const token = readCookie(request, sessionCookieName(config));
  if (!token) return null;
  const tokenDigest = sessionDigest(config, token);
  const at = now.getTime();
  const [found] = await openSession(db).execute({ tokenDigest, at, idleSince: at - IDLE_MS });
  if (!found) return null;
  const { seenAt, ...operator } = found;
  if (at - seenAt > SEEN_EVERY_MS) await markSeen(db, tokenDigest, at);
  return operator;
}

/** Ends the request's own session; the answer is the cookie that clears the browser's. */
export async function endSession(db: Database, config: CookieConfig, request: Request): Promise<string> {
  const token = readCookie(request, sessionCookieName(config));
  const { operatorSessions } = db.tables;
  if (token) {
    const query = db.read
      .delete(operatorSessions)
      .where(eq(operatorSessions.tokenDigest, sessionDigest(config, token)));
    await db.write([{ query, rows: "any" }]);
  }
  return sessionCookie(config, "", 0);
}

/** Ends every session of an operator: after disabling, or a change of role or password. */
export function endSessionsOf(db: Database, operatorId: string): Statement {
  const { operatorSessions } = db.tables;
  return { query: db.read.delete(operatorSessions).where(eq(operatorSessions.operatorId, operatorId)), rows: "any" };
}

function sessionCookie(config: CookieConfig, value: string, maxAge: number): string {
  const secure = config.publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${sessionCookieName(config)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
}

function openSession(db: Database) {
  return db.prepared("operators.open-session", (read, { operatorSessions, operators }) =>
    read
      .select({
        operatorId: operators.operatorId,
        email: operators.email,
        role: operators.role,
        environments: operators.environments,
        businessIds: operators.businessIds,
        preferences: operators.preferences,
        seenAt: operatorSessions.seenAt,
      })
      .from(operatorSessions)
      .innerJoin(operators, eq(operators.operatorId, operatorSessions.operatorId))
      .where(
        and(
          eq(operatorSessions.tokenDigest, sql.placeholder("tokenDigest")),
          gt(operatorSessions.expiresAt, sql.placeholder("at")),
          gt(operatorSessions.seenAt, sql.placeholder("idleSince")),
          isNull(operators.disabledAt),
        ),
      )
      .prepare(),
  );
}

async function markSeen(db: Database, tokenDigest: string, at: number): Promise<void> {
  const { operatorSessions } = db.tables;
  const query = db.read
    .update(operatorSessions)
    .set({ seenAt: at })
    .where(eq(operatorSessions.tokenDigest, tokenDigest));
  await db.write([{ query, rows: "any" }]);
}
