import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database, Statement } from "../../../db.server.ts";
import type { Environment } from "../../../lib/environment.ts";
import { newId } from "../../../lib/ids.ts";
import type { DriftFound } from "./drift.ts";
import { type SeenEvent, type Sighting, type Sightings, sightEvent, typesAt } from "./sightings.ts";

/** What one event type of one environment is known to look like, and what was said of it already. */
interface Known {
  readonly environment: Environment;
  readonly eventType: string;
  readonly sightings: Sightings;
  readonly told: Set<string>;
  readonly changed: Map<string, Sighting>;
}

export interface SeenIn extends SeenEvent {
  readonly environment: Environment;
}

interface Notice extends DriftFound {
  readonly event: SeenIn;
}

/** Fields by event type, kept in memory between slices. Forget it when a slice could not be written. */
export class DriftMemory {
  readonly #db: Database;
  #known = new Map<string, Known>();
  #notices: Notice[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  async see(event: SeenIn): Promise<void> {
    const known = await this.#of(event);
    const { changed, found } = sightEvent(known.sightings, event);
    for (const sighting of changed) known.changed.set(`${sighting.path} ${sighting.type}`, sighting);
    for (const one of found) {
      const name = `${one.kind} ${one.path}`;
      if (known.told.has(name)) continue;
      known.told.add(name);
      this.#notices.push({ ...one, event });
    }
  }

  /** What has to be written for what was seen since the last time. */
  takeStatements(): readonly Statement[] {
    const rows = [...this.#known.values()].flatMap(({ environment, eventType, changed }) => {
      const all = [...changed.values()].map((sighting) => ({ environment, eventType, ...sighting }));
      changed.clear();
      return all;
    });
    const notices = this.#notices;
    this.#notices = [];
    return [...sightingStatements(this.#db, rows), ...noticeStatements(this.#db, notices)];
  }

  forget(): void {
    this.#known = new Map();
    this.#notices = [];
  }

  async #of({ environment, eventType }: SeenIn): Promise<Known> {
    const name = `${environment} ${eventType}`;
    const there = this.#known.get(name);
    if (there) return there;
    const known = await readKnown(this.#db, environment, eventType);
    this.#known.set(name, known);
    return known;
  }
}

async function readKnown(db: Database, environment: Environment, eventType: string): Promise<Known> {
  const { fieldSightings, driftNotices } = db.tables;
  const [rows, notices] = await Promise.all([
    db.read
      .select()
      .from(fieldSightings)
      .where(and(eq(fieldSightings.environment, environment), eq(fieldSightings.eventType, eventType))),
    db.read
      .select({ path: driftNotices.path, kind: driftNotices.kind })
      .from(driftNotices)
      .where(and(eq(driftNotices.environment, environment), eq(driftNotices.eventType, eventType))),
  ]);
  const sightings: Sightings = new Map();
  for (const { environment: _, eventType: __, ...sighting } of rows) {
    typesAt(sightings, sighting.path).set(sighting.type, sighting);
  }
  const told = new Set(notices.map(({ kind, path }) => `${kind} ${path}`));
  return { environment, eventType, sightings, told, changed: new Map() };
}

type SightingRow = Sighting & { readonly environment: Environment; readonly eventType: string };

/** Rows a statement holds; nine values each stay far below what SQLite binds. */
const ROWS_A_STATEMENT = 200;

function sightingStatements(db: Database, rows: readonly SightingRow[]): readonly Statement[] {
  const { fieldSightings } = db.tables;
  const { environment, eventType, path, type } = fieldSightings;
  const statements: Statement[] = [];
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const query = db.read
      .insert(fieldSightings)
      .values(rows.slice(at, at + ROWS_A_STATEMENT))
      .onConflictDoUpdate({
        target: [environment, eventType, path, type],
        set: { count: excluded("count"), lastSeenAt: excluded("last_seen_at"), absentFor: excluded("absent_for") },
      });
    statements.push({ query, rows: "any" });
  }
  return statements;
}

function excluded(column: "count" | "last_seen_at" | "absent_for"): SQL<number> {
  return sql.raw(`excluded.${column}`) as SQL<number>;
}

function noticeStatements(db: Database, notices: readonly Notice[]): readonly Statement[] {
  return notices.map(({ path, kind, detail, event }) => ({
    query: db.read.insert(db.tables.driftNotices).values({
      noticeId: newId("drift"),
      environment: event.environment,
      eventType: event.eventType,
      path,
      kind,
      detail,
      eventId: event.eventId,
      at: event.at,
    }),
    rows: 1,
  }));
}
