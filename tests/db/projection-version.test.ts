import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "../../db/database.ts";
import { isFoldedByOlder } from "../../db/projection-version.ts";
import { startFoldingAgain } from "../../server/fold-again.ts";
import { createTestDatabase } from "../setup/db.ts";
import { anArrival, aPayment, captureBody } from "./arrivals.ts";

let db: Database;
const said: string[] = [];
const onError = (error: unknown) => {
  throw error;
};
beforeEach(async () => {
  said.length = 0;
  db = await createTestDatabase();
});
afterEach(() => db.close());

const missingOf = async () =>
  (await db.read.select({ missing: db.tables.paymentRequests.missing }).from(db.tables.paymentRequests))[0]?.missing;

/** A paid request whose session webhook has not come, as a version without that column left it. */
async function anOlderStore(): Promise<void> {
  await db.capture(anArrival(captureBody(aPayment(1))));
  await db.write([{ query: db.read.update(db.tables.paymentRequests).set({ missing: null }), rows: 1 }]);
}

it("an empty store is of this version, and stays so as it fills", async () => {
  expect(await isFoldedByOlder(db)).toBe(false);
  await anOlderStore();
  expect(await isFoldedByOlder(db)).toBe(false);
});

it("a filled store without a mark is an older one's: it is folded again beside everything else, once", async () => {
  await anOlderStore();
  expect(await isFoldedByOlder(db)).toBe(true);
  const folding = startFoldingAgain({ db, say: (line) => said.push(line), onError });
  await expect.poll(() => said.at(-1)).toBe("Folded 1 observations again");
  await folding.stop();
  expect(await missingOf()).toBe("session_webhook");
  expect(await isFoldedByOlder(db)).toBe(false);
});

it("stopped at once, it begins anew with the next start", async () => {
  await anOlderStore();
  await startFoldingAgain({ db, say: (line) => said.push(line), onError }).stop();
  expect(await isFoldedByOlder(db)).toBe(true);
});
