import { and, desc, eq } from "drizzle-orm";
import type { CheckAnswer, Database, Statement } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { newId, xenditIdKind } from "../../lib/ids.ts";
import type { Scope } from "../../lib/scope.ts";
import { SECOND } from "../../lib/time.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { xenditFor } from "../sessions/xendit-for.server.ts";
import { type Asking, beginAsking } from "./asking.server.ts";

interface Checker {
  readonly operatorId: string;
  readonly email: string;
  /** Narrowed to `xendit:check`. */
  readonly scope: Scope;
}

export interface CheckOptions {
  readonly config: Config;
  readonly by: Checker;
  readonly now: Date;
  readonly signal?: AbortSignal;
  /** Of all calls together, 20 s unless given. */
  readonly deadlineMs?: number;
}

export interface PaymentKey {
  readonly environment: Environment;
  readonly paymentRequestId: string;
}

export type Checked =
  | { readonly ok: true; readonly checkId: string; readonly answers: readonly CheckAnswer[] }
  | { readonly ok: false; readonly refusal: keyof typeof checkRefusals };

export const checkRefusals = {
  absent: "There is no such payment here.",
  no_key: "Xendit cannot be asked: this environment has no secret key here.",
  just_checked: "Checked a moment ago, so nothing was asked again.",
} as const;

/** Between two checks of one payment, so that a double click asks once. */
const GAP = 5 * SECOND;
const MOST_PAYMENTS = 4;

/** Checks under way, by payment: who asks meanwhile gets the same answer. */
const underWay = new WeakMap<Database, Map<string, Promise<Checked>>>();

/**
 * Reads a payment's session, request and payments from Xendit, and its saved card when the card network is not known. What
 * is answered is kept and folded, even when a later call fails; that one is noted with the check.
 */
export async function checkPayment(db: Database, key: PaymentKey, options: CheckOptions): Promise<Checked> {
  if (!(await findRequest(db, key, options.by.scope))) return { ok: false, refusal: "absent" };
  const running = underWay.get(db) ?? new Map<string, Promise<Checked>>();
  underWay.set(db, running);
  const name = `${key.environment} ${key.paymentRequestId}`;
  const meanwhile = running.get(name);
  if (meanwhile) return meanwhile;
  const check = run(db, key, options).finally(() => running.delete(name));
  running.set(name, check);
  return check;
}

async function run(db: Database, key: PaymentKey, options: CheckOptions): Promise<Checked> {
  const { config, by, now, signal, deadlineMs } = options;
  if (await wasJustChecked(db, key, now)) return { ok: false, refusal: "just_checked" };
  const access = await xenditFor(db, config, key.environment);
  if (!access) return { ok: false, refusal: "no_key" };
  const { environment } = key;
  const asking = beginAsking(db, { client: access.client, environment, scope: by.scope, signal, deadlineMs });
  await askAboutPayment(db, key, { asking, scope: by.scope });
  const { answers } = asking;
  const checkId = newId("check");
  const asked = { checkId, environment, paymentRequestId: key.paymentRequestId, askedId: key.paymentRequestId };
  await db.write(checkStatements(db, { ...asked, answers, by, now }));
  return { ok: true, checkId, answers };
}

/** The request and all that hangs on it. The card last: only what the others told says whether it is needed. */
export async function askAboutPayment(
  db: Database,
  key: PaymentKey,
  { asking, scope }: { readonly asking: Asking; readonly scope: Scope },
): Promise<void> {
  const before = await findRequest(db, key, scope);
  if (before?.paymentSessionId) await asking.session(before.paymentSessionId);
  const request = await asking.paymentRequest(key.paymentRequestId);
  const known = before ? await listPayments(db, key, before.paymentId) : [];
  const latest = xenditIdKind(request?.latestPaymentId) === "payment" ? request?.latestPaymentId : null;
  for (const id of new Set([...(latest ? [latest] : []), ...known])) await asking.payment(id);
  const after = await findRequest(db, key, scope);
  if (after && after.network === null && after.paymentTokenId) await asking.token(after.paymentTokenId);
}

/** What was asked and how it went, and the audit entry of it. */
export function checkStatements(
  db: Database,
  {
    by,
    now,
    ...check
  }: Omit<typeof db.tables.checks.$inferInsert, "operatorId" | "askedBy" | "at"> & {
    readonly by: Checker;
    readonly now: Date;
  },
): readonly Statement[] {
  const row = { ...check, operatorId: by.operatorId, askedBy: by.email, at: now.getTime() };
  const detail = { calls: check.answers.map(({ subject, id, status }) => ({ subject, id, status })) };
  const { environment, askedId: subject } = check;
  return [
    { query: db.read.insert(db.tables.checks).values(row), rows: 1 },
    auditStatement(db, { operator: by, action: "xendit:check", environment, subject, detail, now }),
  ];
}

export async function findRequest(db: Database, { environment, paymentRequestId }: PaymentKey, scope: Scope) {
  if (!scope.environments.includes(environment)) return null;
  const { paymentRequests } = db.tables;
  const [row = null] = await db.read
    .select({
      paymentRequestId: paymentRequests.paymentRequestId,
      paymentId: paymentRequests.paymentId,
      paymentSessionId: paymentRequests.paymentSessionId,
      paymentTokenId: paymentRequests.paymentTokenId,
      network: paymentRequests.network,
    })
    .from(paymentRequests)
    .where(
      and(
        eq(paymentRequests.environment, environment),
        eq(paymentRequests.paymentRequestId, paymentRequestId),
        inBusiness(paymentRequests.businessId, scope),
      ),
    )
    .limit(1);
  return row;
}

/** The decisive one first, then the latest tries. */
async function listPayments(
  db: Database,
  { environment, paymentRequestId }: PaymentKey,
  decisive: string | null,
): Promise<readonly string[]> {
  const { payments } = db.tables;
  const rows = await db.read
    .select({ paymentId: payments.paymentId })
    .from(payments)
    .where(and(eq(payments.environment, environment), eq(payments.paymentRequestId, paymentRequestId)))
    .orderBy(desc(payments.createdAt), desc(payments.paymentId))
    .limit(MOST_PAYMENTS);
  const ids = [decisive, ...rows.map((row) => row.paymentId)];
  return [...new Set(ids.filter((id) => xenditIdKind(id) === "payment"))]
    .flatMap((id) => id ?? [])
    .slice(0, MOST_PAYMENTS);
}

async function wasJustChecked(db: Database, { environment, paymentRequestId }: PaymentKey, now: Date) {
  const { checks } = db.tables;
  const [last] = await db.read
    .select({ at: checks.at })
    .from(checks)
    .where(and(eq(checks.environment, environment), eq(checks.paymentRequestId, paymentRequestId)))
    .orderBy(desc(checks.at))
    .limit(1);
  return last !== undefined && last.at <= now.getTime() && now.getTime() - last.at < GAP;
}
