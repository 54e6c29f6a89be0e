import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { isDeadline } from "~/lib/is-deadline.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import type { Narrowing } from "../lists/list-request.server.ts";
import { expectedSeconds } from "./expected-time.ts";
import { findTaker, latencyOf, type PlannedTaker, waitsFor } from "./find-taker.server.ts";
import { LEFT_OUT_REASONS, MAX_CHOSEN, MAX_EVENTS, type ReplayRefusal } from "./replay.ts";
import type { AskedReplay, ReplayPlan, Selection } from "./replay-plan.ts";
import {
  countSelected,
  findChosen,
  lastObservation,
  readSelected,
  type Selected,
  type SelectedCount,
  type SelectedEvent,
  tellingOf,
} from "./selected-events.server.ts";
import { allOf, type ReplayFilters, readSelection } from "./selection.ts";

const SAMPLE = 20;

/** A plan with what ordering it needs besides. */
export interface PreparedReplay {
  readonly plan: ReplayPlan;
  readonly selected: Selected;
}

/**
 * What would happen, exactly: how many events, where to, which were there before, which stay here and why. Counts by the
 * heavy reader; beyond its deadline there is no plan, rather than a guess. `detail` of a refusal says which part of a filter.
 */
export async function planReplay(
  db: Database,
  scope: Scope,
  asked: AskedReplay,
): Promise<Result<ReplayPlan, ReplayRefusal>> {
  const prepared = await prepareReplay(db, scope, { ...asked, now: Date.now() });
  return prepared.ok ? ok(prepared.value.plan) : prepared;
}

export async function prepareReplay(
  db: Database,
  scope: Scope,
  asked: AskedReplay & { readonly now: number },
): Promise<Result<PreparedReplay, ReplayRefusal>> {
  const meant = await settleSelection(db, scope, asked);
  if (!meant.ok) return meant;
  const { filters, among } = meant.value;
  const taker = asked.destinationId === null ? null : await findTaker(db, asked.destinationId);
  if (asked.destinationId !== null && !taker) return refused("destination_not_found");
  const refusal = taker && environmentRefusal(taker, filters.environment);
  if (refusal) return refused(refusal);

  const upTo = Math.min(asked.upTo ?? Number.MAX_SAFE_INTEGER, await lastObservation(db));
  const selected: Selected = { filters, among, upTo, taker, includesDelivered: asked.includesDelivered };
  try {
    const [counts, sample, latencyMs] = await Promise.all([
      countSelected(db, scope, selected),
      readSelected(db, scope, selected, { after: null, limit: SAMPLE }),
      taker ? latencyOf(db, taker.destinationId) : null,
    ]);
    const plan = planOf(selected, taker, { counts, sample, latencyMs, now: asked.now });
    // A payment none of whose webhooks are within the scope is not there.
    if (plan.selected === 0 && asked.selection.kind === "payment") return refused("event_not_found");
    return ok({ plan, selected });
  } catch (error) {
    if (isDeadline(error)) return refused("too_long");
    throw error;
  }
}

interface Meant {
  readonly filters: ReplayFilters;
  readonly among: Narrowing | null;
}

async function settleSelection(
  db: Database,
  scope: Scope,
  { selection, zone }: { selection: Selection; zone: string },
): Promise<Result<Meant, ReplayRefusal>> {
  if (selection.kind === "events") return settleChosen(db, scope, selection.eventIds);
  if (selection.kind === "payment") return settlePayment(db, scope, selection);
  const [only = null, ...others] = scope.environments;
  const read = readSelection(selection.search, { zone, only: others.length === 0 ? only : null });
  if ("problems" in read) return refused("filter_not_understood", read.problems.join("; "));
  if (!scope.environments.includes(read.filters.environment)) return refused("event_not_found");
  return ok({ filters: read.filters, among: null });
}

async function settleChosen(
  db: Database,
  scope: Scope,
  chosen: readonly string[],
): Promise<Result<Meant, ReplayRefusal>> {
  const eventIds = [...new Set(chosen)];
  if (eventIds.length === 0) return refused("no_events");
  if (eventIds.length > MAX_CHOSEN) return refused("too_many");
  const found = await findChosen(db, scope, eventIds);
  if (found.length !== eventIds.length) return refused("event_not_found");
  const [environment, ...others] = new Set(found.map((event) => event.environment));
  if (environment === undefined || others.length > 0) return refused("mixed_environments");
  return ok({ filters: allOf(environment), among: { ids: eventIds } });
}

async function settlePayment(
  db: Database,
  scope: Scope,
  payment: { environment: Environment; paymentRequestId: string },
): Promise<Result<Meant, ReplayRefusal>> {
  if (!scope.environments.includes(payment.environment)) return refused("event_not_found");
  const among = await tellingOf(db, payment);
  if (!("ids" in among) || among.ids.length === 0) return refused("event_not_found");
  return among.ids.length > MAX_CHOSEN ? refused("too_many") : ok({ filters: allOf(payment.environment), among });
}

/** A destination takes an environment or does not; then there is no plan to make. */
function environmentRefusal({ environments, reach }: PlannedTaker, environment: Environment): ReplayRefusal | null {
  if (environments.includes(environment)) return null;
  return environment === "live" && !reach.includes("live") ? "destination_not_for_live" : "environment_not_taken";
}

interface Found {
  readonly counts: readonly SelectedCount[];
  readonly sample: readonly SelectedEvent[];
  readonly latencyMs: number | null;
  readonly now: number;
}

function planOf(
  { filters, upTo }: Selected,
  taker: PlannedTaker | null,
  { counts, sample, latencyMs, now }: Found,
): ReplayPlan {
  const selected = sumOf(counts);
  const toSend = sumOf(counts.filter((row) => row.leftOut === null));
  const reasons = LEFT_OUT_REASONS.map((reason) => [reason, sumOf(counts.filter((row) => row.leftOut === reason))]);
  const isMany = toSend > MAX_EVENTS;
  const pace = taker && { ratePerSecond: taker.ratePerSecond, concurrency: taker.concurrency, latencyMs };
  return {
    environment: filters.environment,
    destination: taker && { destinationId: taker.destinationId, name: taker.name, url: taker.url },
    selected,
    toSend,
    leftOut: Object.fromEntries(reasons.filter(([, count]) => count !== 0)),
    oldestAt: selected === 0 ? null : Math.min(...counts.map((row) => row.oldestAt)),
    newestAt: selected === 0 ? null : Math.max(...counts.map((row) => row.newestAt)),
    perType: perTypeOf(counts),
    ratePerSecond: taker?.ratePerSecond ?? null,
    expectedSeconds: toSend === 0 ? null : expectedSeconds(toSend, pace),
    sample: sample.map(({ primaryId: _, observationId: __, ...event }) => event),
    needsBulk: taker !== null && isMany,
    needsConfirmation: isMany || (taker !== null && filters.environment === "live"),
    upTo,
    waitsFor: taker && waitsFor(taker, now),
  };
}

function perTypeOf(counts: readonly SelectedCount[]): ReplayPlan["perType"] {
  const perType = new Map<string, number>();
  for (const { eventType, count } of counts) perType.set(eventType, (perType.get(eventType) ?? 0) + count);
  return [...perType]
    .map(([eventType, count]) => ({ eventType, count }))
    .sort((a, b) => b.count - a.count || a.eventType.localeCompare(b.eventType));
}

function sumOf(counts: readonly SelectedCount[]): number {
  return counts.reduce((sum, row) => sum + row.count, 0);
}
