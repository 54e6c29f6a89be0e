import fc from "fast-check";
import { expect, it } from "vitest";
import type { StoredObservation } from "../../app/xendit/observation.ts";
import type { Database, OtherObservation } from "../../db/database.ts";
import { createTestDatabase } from "../setup/db.ts";
import { arrivals, storedObservations } from "../xendit/arbitraries.ts";
import { anArrival } from "./arrivals.ts";
import { eventStates, projectedRows } from "./rows.ts";

async function tell(db: Database, { environment, source, subject, webhookId, bytes }: StoredObservation) {
  if (source === "webhook") return db.capture(anArrival(bytes, { environment, webhookId }));
  const about = subject as OtherObservation["subject"];
  return db.observe({ environment, source, subject: about, bytes, receivedAt: 1 });
}

async function known(db: Database) {
  return { rows: await projectedRows(db), states: await eventStates(db) };
}

it("any order of arrival, with duplicates, ends in identical rows; so does a rebuild", async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ set, again }) => {
      const [one, other] = [await createTestDatabase(), await createTestDatabase()];
      for (const observation of set) await tell(one, observation);
      // All at once, so in batches, where the first store has a commit for each.
      await Promise.all(again.map((observation) => tell(other, observation)));
      const expected = await known(one);
      expect(await known(other)).toEqual(expected);
      await other.rebuild();
      expect(await known(other)).toEqual(expected);
      await Promise.all([one.close(), other.close()]);
    }),
    { numRuns: 150 },
  );
}, 120_000);

it("processing any event again changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(storedObservations, async (set) => {
      const db = await createTestDatabase();
      for (const observation of set) await tell(db, observation);
      const before = await known(db);
      const events = await db.read.select({ id: db.tables.events.eventId }).from(db.tables.events);
      expect(await db.reprocess(events.map(({ id }) => id))).toEqual({ processed: 0 });
      expect(await known(db)).toEqual(before);
      await db.close();
    }),
    { numRuns: 40 },
  );
}, 120_000);
