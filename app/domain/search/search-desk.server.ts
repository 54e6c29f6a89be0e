import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { CURRENCIES } from "~/lib/money.ts";
import type { Scope } from "~/lib/scope.ts";
import { describeTargets } from "./describe-targets.server.ts";
import { amountGroup, dayGroup, identifierGroups, moneyOf, SHOWN, webhookGroup } from "./group-hits.ts";
import {
  listOfAmount,
  listPaymentsOfDay,
  listSessionsOfDay,
  listWebhooksAbout,
  listWebhooksBeginning,
  listWebhooksOfDay,
} from "./list-matches.server.ts";
import { type Match, matchCard, matchExact, matchPrefix } from "./match-identifiers.server.ts";
import type { AmountOfDay, Lookup } from "./read-lookup.ts";
import { type SearchGroup, type Target, targetKindOf } from "./search-answer.ts";

interface Asked {
  readonly lookup: Lookup;
  /** Where one is looking. Whole values are found in every environment of the scope, the rest here first. */
  readonly environment: Environment;
}

export interface Found {
  readonly groups: readonly SearchGroup[];
  /** Set when there was nothing where one looked, but here. */
  readonly elsewhere: Environment | null;
}

/** Everything a text may mean, grouped by why it matched. Every query goes by an index; each group is capped. */
export async function searchDesk(db: Database, scope: Scope, { lookup, environment }: Asked): Promise<Found> {
  if (lookup.text === "" || !scope.environments.includes(environment)) return { groups: [], elsewhere: null };
  const exact = await exactGroups(db, scope, { lookup, environment });
  const others = scope.environments.filter((one) => one !== environment);
  for (const place of [environment, ...others]) {
    const groups = [...exact, ...(await groupsIn(db, scope, { lookup, environment: place, exact }))];
    if (groups.length > 0) return { groups, elsewhere: elsewhereOf(groups, environment) };
  }
  return { groups: [], elsewhere: null };
}

function elsewhereOf(groups: readonly SearchGroup[], environment: Environment): Environment | null {
  const places = groups.flatMap(({ hits }) => hits.map((hit) => hit.environment));
  return places.includes(environment) ? null : (places[0] ?? null);
}

/** What is exactly this value; else the webhooks about it, which may be no card payment's. */
async function exactGroups(
  db: Database,
  scope: Scope,
  { lookup, environment }: Asked,
): Promise<readonly SearchGroup[]> {
  const asked = await matchExact(db, scope, lookup.exact);
  // A card's digits are matched whatever their mask, below.
  const matches = asked.filter((one) => lookup.card === null || one.kind !== "card");
  const events = lookup.ids.filter((id) => id.kind === "event").map((id) => targetOf(environment, id.value));
  const [described, webhooks] = await Promise.all([
    describeTargets(
      db,
      scope,
      matches.map(({ environment: place, target }) => targetOf(place, target)),
    ),
    describeTargets(
      db,
      scope,
      scope.environments.flatMap((place) => events.map((one) => ({ ...one, environment: place }))),
    ),
  ]);
  const groups = [
    ...webhookGroup(webhooks, { sort: "exact", text: lookup.text }),
    ...identifierGroups(matches, described, { sort: "exact", matched: null, environment }),
  ];
  if (groups.length > 0) return groups;
  const ids = [...new Set([lookup.text, ...lookup.ids.map((id) => id.value)])];
  const about = await listWebhooksAbout(db, scope, { ids, limit: SHOWN.exact + 1 });
  return webhookGroup(
    about.map((one) => one.described),
    { sort: "exact", text: ids.at(-1) ?? lookup.text },
  );
}

/** What begins so, costs so much, was paid with such a card or is of that day, in one environment. */
async function groupsIn(
  db: Database,
  scope: Scope,
  { lookup, environment, exact }: Asked & { exact: readonly SearchGroup[] },
): Promise<readonly SearchGroup[]> {
  const isNamed = lookup.ids.some((id) => id.isWhole);
  if (isNamed) return [];
  const found = await Promise.all([
    cardGroups(db, scope, { lookup, environment }),
    amountGroups(db, scope, { lookup, environment }),
    dayGroups(db, scope, { lookup, environment }),
    prefixGroups(db, scope, { lookup, environment, exact }),
  ]);
  return found.flat();
}

async function cardGroups(db: Database, scope: Scope, { lookup: { card }, environment }: Asked) {
  if (card === null) return [];
  const matches = await matchCard(db, scope, { environment, card });
  const described = await describeTargets(
    db,
    scope,
    matches.map((one) => targetOf(environment, one.target)),
  );
  const groups = identifierGroups(matches, described, { sort: "exact", matched: null, environment });
  return groups.map((group) => ({ ...group, title: cardTitle(card) }));
}

function cardTitle({ first, lastFour }: { first: string; lastFour: string }): string {
  return first === "" ? `Card ending ${lastFour}` : `Card ${first}…${lastFour}`;
}

async function amountGroups(db: Database, scope: Scope, { lookup, environment }: Asked) {
  const ofReading = ({ amount, day }: AmountOfDay) =>
    moneyOf({ amount, day }, CURRENCIES).map(async ({ currency, minor }) => {
      const limit = SHOWN.amount + 1;
      const rows = await listOfAmount(db, scope, { environment, currency, minor, day, limit });
      return amountGroup(rows, { environment, currency, minor, decimal: amount.decimal, day });
    });
  return (await Promise.all(lookup.amounts.flatMap(ofReading))).flat();
}

async function dayGroups(db: Database, scope: Scope, { lookup, environment }: Asked) {
  const groups = lookup.days.map(async (day) => {
    const [payments, sessions, webhooks] = await Promise.all([
      listPaymentsOfDay(db, scope, { environment, day, limit: SHOWN.day + 1 }),
      listSessionsOfDay(db, scope, { environment, day, limit: SHOWN.besides + 1 }),
      listWebhooksOfDay(db, scope, { environment, day, limit: SHOWN.besides + 1 }),
    ]);
    const of = { environment, day };
    return [
      ...dayGroup("payment", payments, of),
      ...dayGroup("session", sessions, of),
      ...dayGroup("webhook", webhooks, of),
    ];
  });
  return (await Promise.all(groups)).flat();
}

async function prefixGroups(
  db: Database,
  scope: Scope,
  { lookup: { prefix, card }, environment, exact }: Asked & { exact: readonly SearchGroup[] },
): Promise<readonly SearchGroup[]> {
  if (prefix === null) return [];
  const known = new Set(exact.flatMap(({ hits }) => hits.map((hit) => hit.id)));
  const { matches } = await matchPrefix(db, scope, { environment, prefix });
  const rest = matches.filter(
    (one) => !known.has(one.target) && !(card && one.kind === "card") && isFirstOfItsKind(one, matches),
  );
  const described = await describeTargets(
    db,
    scope,
    rest.map((one) => targetOf(environment, one.target)),
  );
  const groups = identifierGroups(rest, described, { sort: "prefix", matched: prefix.length, environment });
  if (!prefix.startsWith(OWN_EVENT)) return groups;
  const events = await listWebhooksBeginning(db, scope, { prefix, limit: SHOWN.exact + 1 });
  return [...webhookGroup(events, { sort: "prefix", text: prefix }), ...groups];
}

const OWN_EVENT = "evt";

/** A reference with and without Xendit's suffix leads to the same payment twice. */
function isFirstOfItsKind(match: Match, all: readonly Match[]): boolean {
  return all.find((one) => one.kind === match.kind && one.target === match.target) === match;
}

function targetOf(environment: Environment, id: string): Target {
  return { kind: targetKindOf(id), environment, id };
}
