import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { formatMoney } from "../../lib/money.ts";
import { paths } from "../../lib/paths.ts";
import type { Scope } from "../../lib/scope.ts";
import { apiErrorWords, KNOWN_API_ERROR_CODES } from "../../xendit/api-errors.ts";
import { sessionPath } from "./session-path.ts";
import { xenditFor } from "./xendit-for.server.ts";

/** Everything the CVN page shows and does, except how it looks. */
export interface CvnPage {
  readonly environment: Environment;
  readonly kind: "pay" | "save";
  readonly amount: string;
  readonly reference: string | null;
  readonly paymentSessionId: string;
  readonly scriptUrl: string;
  readonly apiOrigin: string;
  readonly publicKey: string;
  readonly handBackPath: string;
  readonly sessionPath: string;
  readonly words: Readonly<Record<string, string>>;
}

export type CvnPageAnswer =
  | { readonly kind: "page"; readonly page: CvnPage }
  /** The session is over, or the environment has no public key: the session's page says more. */
  | { readonly kind: "elsewhere"; readonly path: string }
  | null;

export interface CvnPageQuestion {
  readonly config: Config;
  readonly scope: Scope;
  readonly operatorId: string;
  readonly paymentSessionId: string;
}

/** `null` unless this operator started the session here: nobody else can hand its payment request back. */
export async function findCvnPage(db: Database, asked: CvnPageQuestion): Promise<CvnPageAnswer> {
  const session = await findOwnSession(db, asked);
  if (!session) return null;
  const { environment, paymentSessionId } = session;
  const path = sessionPath(session, asked.config);
  const access = await xenditFor(db, asked.config, environment);
  const isOpen = session.status === "ACTIVE" || session.status === "PENDING";
  if (!isOpen || !access?.publicKey) return { kind: "elsewhere", path };
  const page: CvnPage = {
    environment,
    paymentSessionId,
    kind: session.sessionType === "SAVE" ? "save" : "pay",
    amount: formatMoney({ minor: session.amountMinor, raw: session.amountRaw, currency: session.currency }),
    reference: session.referenceId,
    scriptUrl: access.scriptUrl,
    apiOrigin: access.apiOrigin,
    publicKey: access.publicKey,
    handBackPath: paths.handBack(paymentSessionId),
    sessionPath: path,
    words: Object.fromEntries(KNOWN_API_ERROR_CODES.map((code) => [code, apiErrorWords(code) ?? ""])),
  };
  return { kind: "page", page };
}

async function findOwnSession(db: Database, { scope, operatorId, paymentSessionId }: CvnPageQuestion) {
  const { testSessions, sessions } = db.tables;
  const [row] = await db.read
    .select({
      environment: sessions.environment,
      paymentSessionId: sessions.paymentSessionId,
      status: sessions.status,
      sessionType: sessions.sessionType,
      amountMinor: sessions.amountMinor,
      amountRaw: sessions.amountRaw,
      currency: sessions.currency,
      referenceId: sessions.referenceId,
    })
    .from(testSessions)
    .innerJoin(
      sessions,
      and(
        eq(sessions.environment, testSessions.environment),
        eq(sessions.paymentSessionId, testSessions.paymentSessionId),
      ),
    )
    .where(
      and(
        eq(testSessions.paymentSessionId, paymentSessionId),
        eq(testSessions.operatorId, operatorId),
        inArray(testSessions.environment, [...scope.environments]),
      ),
    );
  return row;
}

/** Nothing may be loaded or called but the card script and the API it talks to; no form may be sent anywhere. */
export function cvnPolicy(page: Pick<CvnPage, "scriptUrl" | "apiOrigin">): string {
  const script = new URL(page.scriptUrl).origin;
  return [
    "default-src 'none'",
    `script-src 'self' ${script}`,
    "style-src 'self'",
    `connect-src 'self' ${page.apiOrigin}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
