import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PROJECTION_VERSION } from "../../db/projection-version.ts";
import { createTestDatabase } from "../setup/db.ts";
import { anArrival } from "./arrivals.ts";
import { eventStates, projectedRows } from "./rows.ts";

const folder = new URL("../fixtures/xendit/", import.meta.url);
const samples = readdirSync(folder).filter((name) => name.endsWith(".json"));

it.each(samples)("%s is accepted as a webhook and its bytes are kept", async (name) => {
  const db = await createTestDatabase();
  const bytes = readFileSync(new URL(name, folder));
  const captured = await db.capture(anArrival(bytes));
  expect(captured.duplicate).toBe(false);
  const [event] = await db.read.select().from(db.tables.events);
  const [body] = await db.read.select().from(db.tables.bodies);
  expect(event?.eventId).toBe(captured.eventId);
  expect(event?.reason).not.toBe("projection_failed");
  if (event?.reason !== "masked_card_data") expect(body?.bytes).toEqual(bytes);
});

it("all samples together end in the same rows whichever comes first", async () => {
  const bodies = samples.map((name) => readFileSync(new URL(name, folder)));
  const [one, other] = [await createTestDatabase(), await createTestDatabase()];
  for (const bytes of bodies) await one.capture(anArrival(bytes));
  await Promise.all(bodies.toReversed().map((bytes) => other.capture(anArrival(bytes))));
  expect(await projectedRows(other)).toEqual(await projectedRows(one));
  expect(await eventStates(other)).toEqual(await eventStates(one));
});

/**
 * What the fold makes of all samples, as a digest, by the version it is known under. When this fails, the fold makes other
 * rows than before: count PROJECTION_VERSION up, so that stores are folded again, and write the new digest here.
 */
it("the fold's version tells whether it makes the same rows as before", async () => {
  const db = await createTestDatabase();
  for (const name of samples) await db.capture(anArrival(readFileSync(new URL(name, folder))));
  const text = JSON.stringify(await projectedRows(db));
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  expect({ version: PROJECTION_VERSION, digest }).toEqual({ version: 2, digest: "d20475d816860f62" });
});
