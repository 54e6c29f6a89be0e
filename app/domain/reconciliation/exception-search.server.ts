import { and, eq, inArray, isNotNull, or, type SQL } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { findTargets, searchText, selectTargets, TARGET_CAP } from "../lists/identifier-targets.server.ts";
import type { Narrowing } from "../lists/list-request.server.ts";
import { beginsWith } from "../lists/list-where.server.ts";

interface Asked {
  readonly environment: Environment;
  readonly q: string;
}

/** Groups that a pasted text names: by an id of their payment, by one of their rows, or by their own key. By its beginning. */
export async function narrowToFound(db: Database, asked: Asked): Promise<Narrowing> {
  const [targets, rows, own] = await Promise.all([
    findTargets(db, asked.environment, asked.q),
    selectKeysOfRows(db, asked).limit(TARGET_CAP + 1),
    selectOwnKeys(db, asked).limit(TARGET_CAP + 1),
  ]);
  const keys = new Set([...(targets ?? []), ...rows.map(keyOf), ...own.map(keyOf)]);
  const isWhole = targets !== null && rows.length <= TARGET_CAP && own.length <= TARGET_CAP && keys.size <= TARGET_CAP;
  if (isWhole) return { ids: [...keys].filter((key) => key !== "") };
  const { groupKey } = db.tables.reconciliationGroups;
  const { environment, q } = asked;
  const any = or(
    inArray(groupKey, selectTargets(db, environment, q)),
    inArray(groupKey, selectKeysOfRows(db, asked)),
    or(...spellings(q).map((text) => beginsWith(groupKey, text))),
  );
  return { condition: any as SQL };
}

function selectKeysOfRows(db: Database, { environment, q }: Asked) {
  const { reportRows: table } = db.tables;
  const columns = [table.transactionId, table.productId, table.paymentRequestId, table.reference];
  const begins = columns.flatMap((column) =>
    spellings(q).map((text) => and(eq(table.environment, environment), beginsWith(column, text))),
  );
  return db.read
    .selectDistinct({ groupKey: table.groupKey })
    .from(table)
    .where(and(or(...begins), isNotNull(table.groupKey)));
}

function selectOwnKeys(db: Database, { environment, q }: Asked) {
  const { reconciliationGroups: table } = db.tables;
  const begins = spellings(q).map((text) => and(eq(table.environment, environment), beginsWith(table.groupKey, text)));
  return db.read
    .select({ groupKey: table.groupKey })
    .from(table)
    .where(or(...begins));
}

/** Rows keep ids and references as the report has them; identifiers of payments are kept in small letters. */
function spellings(q: string): readonly string[] {
  return [...new Set([q.trim(), searchText(q)])];
}

function keyOf({ groupKey }: { readonly groupKey: string | null }): string {
  return groupKey ?? "";
}
