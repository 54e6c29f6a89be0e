import { randomInt } from "node:crypto";
import { and, count, eq, gt, lt } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import { ok, type Result, refused } from "../../lib/result.ts";
import { auditStatement } from "./audit.server.ts";
import { normalizeEmail } from "./operator.ts";
import { beginSession } from "./operator-session.server.ts";
import { isPassword } from "./passwords.server.ts";

export type SignInRefusal = "wrong" | "throttled";
export const signInRefusals: Record<SignInRefusal, string> = {
  wrong: "The e-mail or the password is not right.",
  throttled: "Too many tries. Wait 15 minutes, then try again.",
};

const MINUTE = 60_000;
const WINDOW_MS = 15 * MINUTE;
const PRUNE_MS = 24 * 60 * MINUTE;
/** An address may stand for a whole office; an e-mail is one person. */
export const MAX_FAILURES = { email: 10, address: 50 } as const;

interface Try {
  readonly email: string;
  readonly password: string;
  readonly address: string;
  readonly now: Date;
}

/**
 * The cookie of a new session. A try is counted before the password is looked at, so that a thousand at once do not all
 * see a clean slate; it is taken back when it was right, or when it was not let through and so told nobody anything.
 */
export async function signIn(
  db: Database,
  config: Pick<Config, "publicUrl" | "sessionSecret">,
  { email: typed, password, address, now }: Try,
): Promise<Result<{ readonly cookie: string; readonly operatorId: string }, SignInRefusal>> {
  const email = normalizeEmail(typed).slice(0, 200);
  const failureId = await countTry(db, { email, address, now });
  if (await isOverLimit(db, { email, address, now })) {
    await forget(db, failureId);
    return refused("throttled");
  }

  const found = await findByEmail(db, email);
  const operator = found?.disabledAt === null ? found : null;
  if (!(await isPassword(password, operator?.passwordHash ?? null)) || !operator) return refused("wrong");

  const { signInFailures, operatorSessions } = db.tables;
  const session = beginSession(db, config, { operatorId: operator.operatorId, now });
  const outcome = await db.write([
    session.statement,
    { query: db.read.delete(operatorSessions).where(lt(operatorSessions.expiresAt, now.getTime())), rows: "any" },
    { query: db.read.delete(signInFailures).where(eq(signInFailures.email, email)), rows: "any" },
    auditStatement(db, { operator, action: "sign-in", now, detail: { address } }),
  ]);
  if (!outcome.ok) throw new Error("The sign-in could not be written.");
  return ok({ cookie: session.cookie, operatorId: operator.operatorId });
}

async function countTry(db: Database, { email, address, now }: Omit<Try, "password">): Promise<number> {
  const { signInFailures } = db.tables;
  const failureId = randomInt(1, 2 ** 47);
  const at = now.getTime();
  await db.write([
    { query: db.read.insert(signInFailures).values({ failureId, email, address, failedAt: at }), rows: 1 },
    { query: db.read.delete(signInFailures).where(lt(signInFailures.failedAt, at - PRUNE_MS)), rows: "any" },
  ]);
  return failureId;
}

async function isOverLimit(db: Database, { email, address, now }: Omit<Try, "password">): Promise<boolean> {
  const { signInFailures } = db.tables;
  const since = now.getTime() - WINDOW_MS;
  const failuresOf = (who: typeof signInFailures.email | typeof signInFailures.address, value: string) =>
    db.read
      .select({ failures: count() })
      .from(signInFailures)
      .where(and(eq(who, value), gt(signInFailures.failedAt, since)));
  const [[byEmail], [byAddress]] = await Promise.all([
    failuresOf(signInFailures.email, email),
    failuresOf(signInFailures.address, address),
  ]);
  return (byEmail?.failures ?? 0) > MAX_FAILURES.email || (byAddress?.failures ?? 0) > MAX_FAILURES.address;
}

async function forget(db: Database, failureId: number): Promise<void> {
  const { signInFailures } = db.tables;
  await db.write([
    { query: db.read.delete(signInFailures).where(eq(signInFailures.failureId, failureId)), rows: "any" },
  ]);
}

async function findByEmail(db: Database, email: string) {
  const { operators } = db.tables;
  const [found] = await db.read
    .select({
      operatorId: operators.operatorId,
      email: operators.email,
      passwordHash: operators.passwordHash,
      disabledAt: operators.disabledAt,
    })
    .from(operators)
    .where(eq(operators.email, email))
    .limit(1);
  return found ?? null;
}
