import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { hasXenditKey } from "../checks/has-xendit-key.server.ts";
import type { Operator } from "../operators/operator.ts";
import { findTransactions } from "./find-transactions.server.ts";
import type { Lookup } from "./read-lookup.ts";
import { readingsOf } from "./readings.ts";
import type { SearchAnswer } from "./search-answer.ts";
import { searchDesk } from "./search-desk.server.ts";
import { isAskable, presentFirst, unknownId } from "./unknown-id.ts";

interface Asked {
  readonly lookup: Lookup;
  readonly environment: Environment;
  readonly operator: Pick<Operator, "scope" | "can">;
  readonly config: Config;
}

/** The results of a search, and for an id that is held nowhere, where this operator may ask Xendit for it. */
export async function answerSearch(db: Database, asked: Asked): Promise<SearchAnswer> {
  const { lookup, environment, operator, config } = asked;
  const reconciled = operator.scope.environments.filter((one) => operator.can("reconciliation:read", one));
  const [desk, transactions] = await Promise.all([
    searchDesk(db, operator.scope, { lookup, environment }),
    findTransactions(db, operator.scope, { text: lookup.text, environments: reconciled }),
  ]);
  const found = { ...desk, groups: [...transactions, ...desk.groups] };
  const unknown = unknownId(lookup, found.groups);
  const answer = { text: lookup.text, ...found, readAs: readingsOf(lookup) };
  if (!unknown) return { ...answer, unknown: null };
  const may = operator.scope.environments.filter((one) => isAskable(unknown) && operator.can("xendit:check", one));
  const keys = await Promise.all(may.map((one) => hasXenditKey(db, config, one)));
  const environments = presentFirst(
    may.filter((_, index) => keys[index]),
    environment,
  );
  return { ...answer, unknown: { ...unknown, environments } };
}
