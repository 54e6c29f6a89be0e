import { shapeOf } from "../../../xendit/shapes/shapes.ts";
import { type DriftFound, GONE_FOR, LEARNING, NEARLY_ALL, SETTLED, typeDetail } from "./drift.ts";
import { type FieldPaths, type FieldType, lastName, parentPath } from "./field-paths.ts";

/** What is known of one field of one event type, under the type it had. */
export interface Sighting {
  readonly path: string;
  readonly type: FieldType;
  /** Events that had it so; those of the path `""` are all events of the type. */
  readonly count: number;
  readonly firstEventId: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** Events in a row that had what it stands in, and not it. */
  readonly absentFor: number;
}

/** Everything known of one event type: path, then type. */
export type Sightings = Map<string, Map<FieldType, Sighting>>;

export interface SeenEvent {
  readonly eventType: string;
  readonly eventId: string;
  readonly at: number;
  readonly paths: FieldPaths;
}

export interface Sighted {
  readonly changed: readonly Sighting[];
  readonly found: readonly DriftFound[];
}

/**
 * Takes one event into what is known of its type, and says what about it is new. Events come in the order they were
 * captured. A field is told by itself only when what it stands in is not told already.
 */
export function sightEvent(known: Sightings, event: SeenEvent): Sighted {
  const before = countAt(known, "");
  const changed = new Map<string, Sighting>();
  const keep = (sighting: Sighting) => {
    typesAt(known, sighting.path).set(sighting.type, sighting);
    changed.set(`${sighting.path} ${sighting.type}`, sighting);
  };
  const found: DriftFound[] = [];
  for (const [path, types] of [["", new Set<FieldType>(["object"])] as const, ...event.paths]) {
    if (path !== "" && before >= LEARNING) found.push(...newsOf(known, event, path, types));
    keepSeen(known, event, { path, types }, keep);
  }
  for (const [path, types] of known) {
    if (path === "" || event.paths.has(path) || !isThere(event, parentPath(path))) continue;
    const absentFor = 1 + Math.max(...[...types.values()].map((one) => one.absentFor));
    for (const sighting of types.values()) keep({ ...sighting, absentFor });
    if (absentFor === GONE_FOR) found.push(...goneOf(known, event, path));
  }
  return { changed: [...changed.values()], found: withoutInner(found) };
}

export function typesAt(known: Sightings, path: string): Map<FieldType, Sighting> {
  const there = known.get(path);
  if (there) return there;
  const made = new Map<FieldType, Sighting>();
  known.set(path, made);
  return made;
}

/** A field of several types in one event is counted once, under the first of them. */
function keepSeen(
  known: Sightings,
  { eventId, at }: SeenEvent,
  { path, types }: { readonly path: string; readonly types: ReadonlySet<FieldType> },
  keep: (sighting: Sighting) => void,
): void {
  const there = typesAt(known, path);
  for (const sighting of there.values()) {
    if (sighting.absentFor > 0 && !types.has(sighting.type)) keep({ ...sighting, absentFor: 0 });
  }
  for (const [place, type] of [...types].entries()) {
    const one = place === 0 ? 1 : 0;
    const sighting = there.get(type);
    keep(
      sighting
        ? { ...sighting, count: sighting.count + one, lastSeenAt: at, absentFor: 0 }
        : { path, type, count: one, firstEventId: eventId, firstSeenAt: at, lastSeenAt: at, absentFor: 0 },
    );
  }
}

/** A field Xendit documents is no news when it first comes; null says no more than "not there". */
function newsOf(
  known: Sightings,
  { eventType }: SeenEvent,
  path: string,
  types: ReadonlySet<FieldType>,
): readonly DriftFound[] {
  const before = [...(known.get(path)?.keys() ?? [])];
  const now = [...types].filter((type) => type !== "null");
  if (before.length === 0) {
    const isKnown = isDocumented(eventType, path);
    return isKnown ? [] : [{ path, kind: "new", detail: (now.length > 0 ? now : [...types]).join("/") }];
  }
  const told = before.filter((type) => type !== "null");
  const other = now.find((type) => !told.includes(type));
  return told.length > 0 && other ? [{ path, kind: "type", detail: typeDetail(told, other) }] : [];
}

/** Xendit takes it out 45 days after the payment (FACTS 6.1): a resend of old events lacks it. */
const COMES_AND_GOES: ReadonlySet<string> = new Set(["authentication_value"]);

function goneOf(known: Sightings, { eventType }: SeenEvent, path: string): readonly DriftFound[] {
  if (COMES_AND_GOES.has(lastName(path)) || path.endsWith("[]") || mayBeAbsent(eventType, path)) return [];
  const had = countAt(known, path);
  // Those that could have had it, until it went.
  const could = countAt(known, parentPath(path)) - GONE_FOR;
  return could >= SETTLED && had / could >= NEARLY_ALL
    ? [{ path, kind: "vanished", detail: `${had} of ${could}` }]
    : [];
}

function countAt(known: Sightings, path: string): number {
  const types = known.get(path);
  return types ? [...types.values()].reduce((sum, { count }) => sum + count, 0) : 0;
}

function isThere({ paths }: SeenEvent, path: string): boolean {
  if (path === "") return true;
  const types = paths.get(path);
  return types?.has("object") === true || types?.has("array") === true;
}

function isDocumented(eventType: string, path: string): boolean {
  return fieldsOf(eventType).some(
    (field) => field.path === path || (field.type === "any" && isInside(path, field.path)),
  );
}

function mayBeAbsent(eventType: string, path: string): boolean {
  return fieldsOf(eventType).some(
    (field) =>
      (field.path === path && field.presence === "sometimes") || (field.type === "any" && isInside(path, field.path)),
  );
}

function fieldsOf(eventType: string) {
  return shapeOf(eventType)?.fields ?? [];
}

function withoutInner(found: readonly DriftFound[]): readonly DriftFound[] {
  return found.filter((one) => !found.some((other) => other.kind === one.kind && isInside(one.path, other.path)));
}

function isInside(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
