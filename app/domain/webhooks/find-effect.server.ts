import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { foldCluster } from "../../xendit/fold.ts";
import type { Observation } from "../../xendit/observation.ts";
import type { Projection } from "../../xendit/projection.ts";
import { readObservation } from "../../xendit/read-observation.ts";
import { listStored } from "../checks/stored-observations.server.ts";
import { type EffectLine, effectLines } from "./event-effect.ts";

export type EventEffect =
  | { readonly kind: "changed"; readonly lines: readonly EffectLine[] }
  /** Everything it says was told by these as well: event types, or what the API answered. */
  | { readonly kind: "nothing"; readonly toldBy: readonly string[] }
  /** It took no part in any payment or session. */
  | { readonly kind: "no part" }
  /** More hangs together than is folded while a page waits. */
  | { readonly kind: "too large"; readonly observations: number }
  | { readonly kind: "failed" };

interface OfEvent {
  readonly observationId: number;
  readonly environment: Environment;
  readonly state: string;
}

/** Real payments have a handful. */
const MOST = 120;
const MOST_BYTES = 2 * 1024 * 1024;
/** Links as they stand in `observation_ids`; a card's token ties no payments together (db/schema/capture.ts). */
const PAID_WITH = "paid-with:";
const TELLS = "tells:";

/**
 * What the projection would be without one event: everything that hangs together with it is folded once with and once
 * without it, in memory. Nothing is written.
 */
export async function findEffect(db: Database, event: OfEvent): Promise<EventEffect> {
  if (event.state === "quarantined" || event.state === "stored") return { kind: "no part" };
  const cluster = await walkCluster(db, event);
  if (cluster.ids.size > MOST) return { kind: "too large", observations: cluster.ids.size };
  const stored = await listStored(db, event.environment, [
    ...cluster.ids,
    ...(await tokenIds(db, event, cluster.names)),
  ]);
  if (stored.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) > MOST_BYTES) {
    return { kind: "too large", observations: cluster.ids.size };
  }
  const read = new Map(stored.map((one) => [one.observationId, readObservation(one)]));
  const members = [...cluster.ids].sort((a, b) => a - b);
  const others = members.filter((id) => id !== event.observationId);
  const told = [...read.keys()].filter((id) => !cluster.ids.has(id));
  const pick = (ids: readonly number[]) => ids.flatMap((id) => read.get(id) ?? []);
  try {
    const lines = effectLines(foldAll(pick(others), pick(told)), foldAll(pick(members), pick(told)));
    if (lines.length > 0) return { kind: "changed", lines };
    return { kind: "nothing", toldBy: [...new Set(pick(others).map(nameOf))] };
  } catch {
    // Bodies the fold cannot take are the quarantine's business; the page shows the rest.
    return { kind: "failed" };
  }
}

interface Walked {
  readonly ids: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
}

/** As db/writer/cluster.ts walks it, a generation at a time. Stops when it is too large. */
async function walkCluster(db: Database, { observationId, environment }: OfEvent): Promise<Walked> {
  const { observationIds } = db.tables;
  const ids = new Set([observationId]);
  const names = new Set<string>();
  let fresh: readonly number[] = [observationId];
  while (fresh.length > 0 && ids.size <= MOST) {
    const named = await db.read
      .select({ value: observationIds.value })
      .from(observationIds)
      .where(inArray(observationIds.observationId, [...fresh]));
    const links = [...new Set(named.map(({ value }) => value))].filter((name) => !names.has(name));
    for (const name of links) names.add(name);
    const ties = links.filter(isLink);
    if (ties.length === 0) break;
    const neighbours = await db.read
      .selectDistinct({ id: observationIds.observationId })
      .from(observationIds)
      .where(and(eq(observationIds.environment, environment), inArray(observationIds.value, ties)))
      .limit(MOST + 2);
    fresh = neighbours.map(({ id }) => id).filter((id) => !ids.has(id));
    for (const id of fresh) ids.add(id);
  }
  return { ids, names };
}

/** Observations of the tokens a payment was made with; they tell the card. */
async function tokenIds(
  db: Database,
  { environment }: OfEvent,
  names: ReadonlySet<string>,
): Promise<readonly number[]> {
  const { observationIds } = db.tables;
  const tells = [...names].filter((name) => !isLink(name)).map((name) => TELLS + name.slice(name.indexOf(":") + 1));
  if (tells.length === 0) return [];
  const rows = await db.read
    .selectDistinct({ id: observationIds.observationId })
    .from(observationIds)
    .where(and(eq(observationIds.environment, environment), inArray(observationIds.value, tells)))
    .limit(MOST);
  return rows.map(({ id }) => id);
}

function isLink(name: string): boolean {
  return !name.startsWith(PAID_WITH) && !name.startsWith(TELLS);
}

/** Without one member the others may fall apart; each part is folded by itself, as the store would. */
function foldAll(members: readonly Observation[], tokens: readonly Observation[]): Projection {
  const parts = connected(members).map((part) => foldCluster(part, tokens).projection);
  return {
    sessions: parts.flatMap((part) => part.sessions),
    paymentRequests: parts.flatMap((part) => part.paymentRequests),
    payments: parts.flatMap((part) => part.payments),
    captures: parts.flatMap((part) => part.captures),
    refunds: parts.flatMap((part) => part.refunds),
    disputes: parts.flatMap((part) => part.disputes),
    identifiers: parts.flatMap((part) => part.identifiers),
  };
}

function connected(members: readonly Observation[]): readonly (readonly Observation[])[] {
  let parts: { links: Set<string>; members: Observation[] }[] = [];
  for (const member of members) {
    const touching = parts.filter((part) => member.links.some((link) => part.links.has(link)));
    const joined = {
      links: new Set([...member.links, ...touching.flatMap((part) => [...part.links])]),
      members: [...touching.flatMap((part) => part.members), member],
    };
    parts = [...parts.filter((part) => !touching.includes(part)), joined];
  }
  return parts.map((part) => part.members);
}

function nameOf({ source, eventType, subject }: Observation): string {
  if (source === "webhook") return eventType;
  return source === "claim"
    ? "the browser's hand-back"
    : `Xendit's answer on the ${(subject ?? "payment").replaceAll("_", " ")}`;
}
