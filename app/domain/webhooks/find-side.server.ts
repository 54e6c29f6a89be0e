import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import type { Scope } from "../../lib/scope.ts";
import { type Json, parseJsonObject } from "../../xendit/bodies/json.ts";
import { readObservation } from "../../xendit/read-observation.ts";
import type { Shape } from "../../xendit/shapes/shape.ts";
import { shapeOf } from "../../xendit/shapes/shapes.ts";
import { subjectWord } from "../checks/check.ts";
import { listStored } from "../checks/stored-observations.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { DiffSide } from "./diff-side.ts";

export type SideContent =
  | { readonly kind: "webhook" | "answer"; readonly json: Json }
  | { readonly kind: "shape"; readonly shape: Shape }
  /** Not a JSON object: nothing in it can be set beside anything. */
  | { readonly kind: "unreadable" }
  | { readonly kind: "unasked" };

/** What stands on one side: what it is called on the page, and what is compared. */
export interface FoundSide {
  readonly side: DiffSide;
  readonly title: string;
  /** When it arrived or was first told; `null` for what has no time. */
  readonly at: number | null;
  /** `null`: of every environment. */
  readonly environment: Environment | null;
  /** The event it is, or is an arrival of. */
  readonly eventId: string | null;
  readonly content: SideContent;
}

/** `null` when it is absent or not this operator's to see. */
export async function findSide(db: Database, scope: Scope, side: DiffSide): Promise<FoundSide | null> {
  switch (side.kind) {
    case "event":
      return findEventSide(db, scope, side);
    case "receipt":
      return findReceiptSide(db, scope, side);
    case "answer":
      return findAnswerSide(db, scope, side);
    case "documented": {
      const shape = shapeOf(side.eventType);
      const title = `${side.eventType}, as documented`;
      return shape && { side, title, at: null, environment: null, eventId: null, content: { kind: "shape", shape } };
    }
    case "present": {
      const title = `${side.id}, as Xendit tells it now`;
      return { side, title, at: null, environment: null, eventId: null, content: { kind: "unasked" } };
    }
  }
}

async function findEventSide(
  db: Database,
  scope: Scope,
  side: DiffSide & { kind: "event" },
): Promise<FoundSide | null> {
  const { events, observations, bodies } = db.tables;
  const [row] = await db.read
    .select({
      environment: events.environment,
      eventType: events.eventType,
      at: events.firstReceivedAt,
      bytes: bodies.bytes,
    })
    .from(events)
    .innerJoin(observations, eq(observations.observationId, events.observationId))
    .innerJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(and(eq(events.eventId, side.id), inScope(db, scope)))
    .limit(1);
  if (!row) return null;
  const { environment, eventType: title, at, bytes } = row;
  return { side, title, at, environment, eventId: side.id, content: bodyContent(bytes, "webhook") };
}

/** An arrival whose bytes were those of its event shows the event's. */
async function findReceiptSide(
  db: Database,
  scope: Scope,
  side: DiffSide & { kind: "receipt" },
): Promise<FoundSide | null> {
  const { events, receipts, bodies } = db.tables;
  const [row] = await db.read
    .select({
      environment: events.environment,
      eventType: events.eventType,
      eventId: events.eventId,
      at: receipts.receivedAt,
      bytes: bodies.bytes,
    })
    .from(receipts)
    .innerJoin(events, eq(events.eventId, receipts.eventId))
    .leftJoin(bodies, eq(bodies.bodyId, receipts.bodyId))
    .where(and(eq(receipts.receiptId, side.id), inScope(db, scope)))
    .limit(1);
  if (!row) return null;
  const { environment, eventType, eventId, at, bytes } = row;
  const found = { side, title: `${eventType}, one arrival of it`, at, environment, eventId };
  if (bytes) return { ...found, content: bodyContent(bytes, "webhook") };
  const event = await findEventSide(db, scope, { kind: "event", id: eventId });
  return event && { ...found, content: event.content };
}

async function findAnswerSide(
  db: Database,
  scope: Scope,
  side: DiffSide & { kind: "answer" },
): Promise<FoundSide | null> {
  const { observations } = db.tables;
  const [row] = await db.read
    .select({ environment: observations.environment, source: observations.source, at: observations.receivedAt })
    .from(observations)
    .where(eq(observations.observationId, side.observationId))
    .limit(1);
  if (row?.source !== "api" || !scope.environments.includes(row.environment)) return null;
  const [stored] = await listStored(db, row.environment, [side.observationId]);
  if (!stored || !isWithin(scope, readObservation(stored).businessId)) return null;
  const subject = Object.entries(subjectWord).find(([name]) => name === stored.subject)?.[1] ?? "Answer";
  const content = bodyContent(stored.bytes, "answer");
  return {
    side,
    title: `${subject}, as Xendit told it`,
    at: row.at,
    environment: row.environment,
    eventId: null,
    content,
  };
}

function isWithin({ businessIds }: Scope, businessId: string | null): boolean {
  return businessIds === null || (businessId !== null && businessIds.includes(businessId));
}

function inScope(db: Database, scope: Scope) {
  const { events } = db.tables;
  return and(inArray(events.environment, [...scope.environments]), inBusiness(events.businessId, scope));
}

function bodyContent(bytes: Uint8Array, kind: "webhook" | "answer"): SideContent {
  const json = parseJsonObject(new TextDecoder().decode(bytes));
  return json ? { kind, json } : { kind: "unreadable" };
}
