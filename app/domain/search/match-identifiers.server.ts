import { and, asc, eq, exists, inArray, or } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { IdentifierKind } from "~/xendit/projection.ts";
import { beginsWith } from "../lists/list-where.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { CardReading } from "./read-card.ts";
import type { ExactValue } from "./read-lookup.ts";

export interface Match {
  readonly environment: Environment;
  readonly value: string;
  readonly kind: IdentifierKind;
  /** A `pr-`, or the `ps-` of a session without one. */
  readonly target: string;
}

/** A value that more payments than this share is described by some of them. */
export const EXACT_CAP = 1000;
/** The share of each when there are more: a few are shown, and the list has the rest. */
const EACH_CAP = 200;
/** So many identifiers of a prefix are looked through; beyond it one types another letter. */
export const PREFIX_CAP = 400;

/** What these values lead to, in all of the operator's environments. */
export async function matchExact(db: Database, scope: Scope, asked: readonly ExactValue[]): Promise<readonly Match[]> {
  const values = [...new Set(asked.map(({ value }) => value))];
  const { environments } = scope;
  if (values.length === 0 || environments.length === 0) return [];
  const together = await selectMatches(db, scope, { environments, values, limit: EXACT_CAP + 1 });
  const rows = together.length > EXACT_CAP ? await matchEach(db, scope, values) : together;
  return rows.filter((row) =>
    asked.some(({ value, kind }) => value === row.value && (kind === null || kind === row.kind)),
  );
}

/** Each value has its own share: a customer of thousands of payments must not hide the one payment named beside it. */
async function matchEach(db: Database, scope: Scope, values: readonly string[]): Promise<readonly Match[]> {
  const found = await Promise.all(
    scope.environments.flatMap((environment) =>
      values.map((value) =>
        selectMatches(db, scope, { environments: [environment], values: [value], limit: EACH_CAP }),
      ),
    ),
  );
  return found.flat();
}

async function selectMatches(
  db: Database,
  scope: Scope,
  asked: { environments: readonly Environment[]; values: readonly string[]; limit: number },
): Promise<readonly Match[]> {
  const { identifiers } = db.tables;
  return db.read
    .select(matchColumns(db))
    .from(identifiers)
    .where(
      and(
        inArray(identifiers.environment, [...asked.environments]),
        inArray(identifiers.value, [...asked.values]),
        inBusiness(identifiers.businessId, scope),
      ),
    )
    .limit(asked.limit);
}

/**
 * What begins with this text in one environment, by value; an e-mail address never does. The walk is cut before the
 * operator's businesses are asked for, so that no prefix walks the whole table.
 */
export async function matchPrefix(
  db: Database,
  scope: Scope,
  { environment, prefix }: { environment: Environment; prefix: string },
): Promise<{ readonly matches: readonly Match[]; readonly isCut: boolean }> {
  const { identifiers } = db.tables;
  const rows = await db.read
    .select({ ...matchColumns(db), businessId: identifiers.businessId })
    .from(identifiers)
    .where(and(eq(identifiers.environment, environment), beginsWith(identifiers.value, prefix)))
    .orderBy(asc(identifiers.value), asc(identifiers.kind), asc(identifiers.target))
    .limit(PREFIX_CAP + 1);
  const { businessIds } = scope;
  const mine = rows.filter(
    (row) =>
      row.kind !== "email" &&
      (businessIds === null || (row.businessId !== null && businessIds.includes(row.businessId))),
  );
  return { matches: mine.map(({ businessId: _, ...match }) => match), isCut: rows.length > PREFIX_CAP };
}

/** Payments made with a card of these digits. Masks differ in length and sign, the last four are in all of them. */
export async function matchCard(
  db: Database,
  scope: Scope,
  { environment, card }: { environment: Environment; card: CardReading },
): Promise<readonly Match[]> {
  const { identifiers } = db.tables;
  const rows = await db.read
    .select(matchColumns(db))
    .from(identifiers)
    .where(
      and(
        eq(identifiers.environment, environment),
        eq(identifiers.value, card.lastFour),
        eq(identifiers.kind, "card"),
        inBusiness(identifiers.businessId, scope),
        card.first === "" ? undefined : exists(cardsBeginning(db, card.first)),
      ),
    )
    .limit(EXACT_CAP + 1);
  return rows;
}

/** Another mask of the same payment's card, which begins with what is known: `4000` fits `400000…` and the other way round. */
function cardsBeginning(db: Database, first: string) {
  const { identifiers } = db.tables;
  const whole = alias(identifiers, "whole");
  const bare = first.slice(0, 4);
  const shorterMasks = first.length > 4 ? ["*", "x"].map((mask) => beginsWith(whole.value, bare + mask)) : [];
  return db.read
    .select({ value: whole.value })
    .from(whole)
    .where(
      and(
        eq(whole.environment, identifiers.environment),
        eq(whole.target, identifiers.target),
        eq(whole.kind, "card"),
        or(beginsWith(whole.value, first), ...shorterMasks),
      ),
    );
}

function matchColumns({ tables: { identifiers } }: Database) {
  return {
    environment: identifiers.environment,
    value: identifiers.value,
    kind: identifiers.kind,
    target: identifiers.target,
  };
}
