import { and, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { describeTargets } from "./describe-targets.server.ts";
import { listWebhooksAbout } from "./list-matches.server.ts";
import { type Match, matchExact } from "./match-identifiers.server.ts";
import type { FoundId } from "./read-ids.ts";
import { type Target, targetKindOf, targetPath } from "./search-answer.ts";

export interface Destination extends Target {
  readonly href: string;
}

/** A pasted webhook names several ids: the one that says most decides. Many payments share a customer. */
const precision: readonly FoundId["kind"][] = [
  "payment_request",
  "payment",
  "capture",
  "refund",
  "dispute",
  "event",
  "session",
  "token",
  "customer",
];

/**
 * The one place that an id leads to, wherever in the scope it is; `null` when it is not held, or leads to several. A session
 * leads to the payment it shows, a webhook to its place on the payment's timeline.
 */
export async function findDestination(
  db: Database,
  scope: Scope,
  { ids, environment }: { ids: readonly FoundId[]; environment: Environment },
): Promise<Destination | null> {
  if (ids.length === 0) return null;
  const matches = await matchExact(
    db,
    scope,
    ids.map(({ value }) => ({ value, kind: null })),
  );
  for (const kind of precision) {
    const named = ids.filter((id) => id.kind === kind).map(({ value }) => value);
    if (named.length === 0) continue;
    const targets =
      kind === "event" ? eventTargets(scope, named) : targetsOf(matches.filter((one) => named.includes(one.value)));
    const found = await describeTargets(db, scope, targets);
    const here = found.filter((one) => one.environment === environment);
    const [only, ...others] = here.length > 0 ? here : found;
    if (only && others.length === 0) return destinationOf(only);
    if (only) return kind === "session" ? shownBySession(db, scope, { environment: only.environment, named }) : null;
  }
  return findOtherPayment(db, scope, ids);
}

function eventTargets(scope: Scope, ids: readonly string[]): readonly Target[] {
  return scope.environments.flatMap((environment) => ids.map((id) => ({ kind: "webhook", environment, id }) as const));
}

function targetsOf(matches: readonly Match[]): readonly Target[] {
  return matches.map(({ environment, target }) => ({ kind: targetKindOf(target), environment, id: target }));
}

/** Of a session's several tries, the one its page shows. */
async function shownBySession(
  { read, tables: { sessions } }: Database,
  scope: Scope,
  { environment, named }: { environment: Environment; named: readonly string[] },
): Promise<Destination | null> {
  const [paymentSessionId, ...others] = named;
  if (paymentSessionId === undefined || others.length > 0) return null;
  const [session] = await read
    .select({ paymentRequestId: sessions.paymentRequestId })
    .from(sessions)
    .where(
      and(
        eq(sessions.environment, environment),
        eq(sessions.paymentSessionId, paymentSessionId),
        inBusiness(sessions.businessId, scope),
      ),
    )
    .limit(1);
  if (!session) return null;
  const id = session.paymentRequestId ?? paymentSessionId;
  return destinationOf({ kind: targetKindOf(id), environment, id });
}

/** Not a card payment, yet its webhooks are here: the payment's page says what it is. */
async function findOtherPayment(db: Database, scope: Scope, ids: readonly FoundId[]): Promise<Destination | null> {
  const about = await listWebhooksAbout(db, scope, { ids: ids.map(({ value }) => value), limit: 2 });
  const [first, ...others] = about;
  if (!first) return null;
  const { environment } = first.described;
  const requests = new Set(about.map((one) => one.paymentRequestId));
  if (first.paymentRequestId !== null && requests.size === 1) {
    return destinationOf({ kind: "payment", environment, id: first.paymentRequestId });
  }
  return others.length === 0 ? destinationOf(first.described) : null;
}

function destinationOf(target: Target & { readonly href?: string }): Destination {
  const { kind, environment, id } = target;
  return { kind, environment, id, href: target.href ?? targetPath(target) };
}
