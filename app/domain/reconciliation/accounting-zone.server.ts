import { and, eq, sql } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import type { Signals } from "~/lib/signals.ts";
import { DEFAULT_ZONE, isZone } from "~/lib/zone.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import type { ZoneRefusal } from "./accounting-zone.ts";

export const ZONE_SETTING = "accounting-zone";

/** The one zone whose days are business days, for every environment (DESIGN 5). */
export async function readAccountingZone(db: Database): Promise<string> {
  const stored = await storedZone(db);
  return isZone(stored) ? stored : DEFAULT_ZONE;
}

/** What it means that this statement of the change did not hold. */
const refusalsInOrder: readonly ZoneRefusal[] = ["day_closed", "report_read", "changed_meanwhile"];

interface ChangeZone {
  readonly zone: string;
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
  readonly signals: Pick<Signals, "ring">;
}

/** Changes it while no day is closed. Every group may then belong to another day: a whole match is asked for. */
export async function changeAccountingZone(
  db: Database,
  { zone, operator, now, signals }: ChangeZone,
): Promise<Result<{ readonly before: string }, ZoneRefusal>> {
  if (!seesAll(operator.scope)) return refused("limited");
  if (!isZone(zone)) return refused("unknown_zone");
  const before = await readAccountingZone(db);
  if (before === zone) return ok({ before });
  const written = await db.write([
    noDayIsClosed(db),
    noReportIsRead(db),
    saveStatement(db, await storedZone(db), { zone, now }),
    auditStatement(db, {
      operator,
      action: "settings:write",
      subject: ZONE_SETTING,
      detail: { before, after: zone },
      now,
    }),
  ]);
  if (!written.ok) return refused(refusalsInOrder[written.at] ?? "changed_meanwhile");
  signals.ring("reconciliation");
  return ok({ before });
}

/** The zone is of the whole installation: whoever sees a part of it only does not change it. */
export function seesAll({ environments, businessIds }: Scope): boolean {
  return businessIds === null && ENVIRONMENTS.every((one) => environments.includes(one));
}

export async function isZoneFixed(db: Database): Promise<boolean> {
  const { closedDays } = db.tables;
  return (await db.read.select({ day: closedDays.day }).from(closedDays).limit(1)).length > 0;
}

/** For whoever writes what rests on the zone: in the list of statements it holds that the zone is still this one. */
export function zoneIsStill(db: Database, zone: string): Statement {
  const { settings } = db.tables;
  const isOther = and(eq(settings.name, ZONE_SETTING), sql`${settings.value} <> ${JSON.stringify(zone)}`);
  return { query: db.read.select({ name: settings.name }).from(settings).where(isOther), rows: 0 };
}

/** A day closed meanwhile takes the change back: its days would be others than those it was closed by. */
function noDayIsClosed(db: Database): Statement {
  const { closedDays } = db.tables;
  return { query: db.read.select({ day: closedDays.day }).from(closedDays).limit(1), rows: 0 };
}

/** A file that names no zone is read in this one, and which file that is shows in its rows. What is pulled names its own. */
function noReportIsRead(db: Database): Statement {
  const { reportImports: table } = db.tables;
  return {
    query: db.read
      .select({ importId: table.importId })
      .from(table)
      .where(and(eq(table.state, "importing"), sql`coalesce(${table.kind}, '') <> 'pull'`))
      .limit(1),
    rows: 0,
  };
}

async function storedZone(db: Database): Promise<unknown> {
  const { settings } = db.tables;
  const [row] = await db.read.select({ value: settings.value }).from(settings).where(eq(settings.name, ZONE_SETTING));
  return row?.value;
}

/** Guarded by what was read: of two people who change it at once, one is told to look again. */
function saveStatement(db: Database, stored: unknown, { zone, now }: { zone: string; now: Date }): Statement {
  const { settings } = db.tables;
  const row = { value: zone, updatedAt: now.getTime() };
  if (stored === undefined) {
    const query = db.read
      .insert(settings)
      .values({ name: ZONE_SETTING, ...row })
      .onConflictDoNothing();
    return { query, rows: 1 };
  }
  const unchanged = and(eq(settings.name, ZONE_SETTING), sql`${settings.value} = ${JSON.stringify(stored)}`);
  return { query: db.read.update(settings).set(row).where(unchanged), rows: 1 };
}
