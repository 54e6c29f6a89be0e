import type { Database, Role, Statement } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { newId } from "../../lib/ids.ts";
import { ok, type Result, refused } from "../../lib/result.ts";
import { type AuditEntry, auditStatement } from "./audit.server.ts";
import { isFirstLinkOpen, spendFirstLink } from "./first-link.server.ts";
import { isWithin, normalizeEmail, type Operator } from "./operator.ts";
import { beginSession } from "./operator-session.server.ts";
import { hashPassword } from "./passwords.server.ts";

export interface NewOperator {
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  /** `null`: every environment the role may see. */
  readonly environments: readonly Environment[] | null;
  /** `null`: every business id. */
  readonly businessIds: readonly string[] | null;
}

export type AddRefusal = "email_taken" | "beyond_reach";

/** Somebody new who may sign in, and sees no more than whoever adds them; `by: null` is the command line, without limits. */
export async function addOperator(
  db: Database,
  { by, now, ...operator }: NewOperator & { by: Operator | null; now: Date },
): Promise<Result<{ readonly operatorId: string }, AddRefusal>> {
  if (by && !isWithin(by.scope, operator)) return refused("beyond_reach");
  const { operatorId, statements } = await operatorStatements(db, operator, { by, now });
  const outcome = await db.write(statements);
  return outcome.ok ? ok({ operatorId }) : refused("email_taken");
}

/** The first administrator, by the printed link: the link is spent, the operator made and signed in, or nothing is. */
export async function createFirstAdministrator(
  db: Database,
  config: Pick<Config, "publicUrl" | "sessionSecret">,
  { token, email, password, now }: { token: string; email: string; password: string; now: Date },
): Promise<Result<{ readonly cookie: string }, "link_void">> {
  // Asked before the costly hashing; what decides is the statement that spends the link.
  if (!(await isFirstLinkOpen(db, { token, now }))) return refused("link_void");
  const operator: NewOperator = { email, password, role: "admin", environments: null, businessIds: null };
  const { operatorId, statements } = await operatorStatements(db, operator, { by: null, now, way: "first link" });
  const session = beginSession(db, config, { operatorId, now });
  const outcome = await db.write([spendFirstLink(db, { token, now }), ...statements, session.statement]);
  return outcome.ok ? ok({ cookie: session.cookie }) : refused("link_void");
}

async function operatorStatements(
  db: Database,
  { password, email: typed, ...operator }: NewOperator,
  { by, now, way }: { by: AuditEntry["operator"]; now: Date; way?: string },
): Promise<{ readonly operatorId: string; readonly statements: readonly Statement[] }> {
  const operatorId = newId("operator");
  const email = normalizeEmail(typed);
  const passwordHash = await hashPassword(password);
  const row = { ...operator, operatorId, email, passwordHash, preferences: {}, createdAt: now.getTime() };
  const detail = { email, ...operator, ...(way && { way }) };
  return {
    operatorId,
    statements: [
      // A taken e-mail changes no row, which the store hands back as a value.
      { query: db.read.insert(db.tables.operators).values(row).onConflictDoNothing(), rows: 1 },
      auditStatement(db, { operator: by, action: "operators:add", subject: operatorId, detail, now }),
    ],
  };
}
