import { expect, it } from "vitest";
import { findReplay, listReplays } from "../../app/domain/replays/replay-queries.server.ts";
import { startReplayRunner } from "../../app/domain/replays/replay-runner.server.ts";
import { reprocessReplay } from "../../app/domain/replays/reprocess-replay.server.ts";
import { createSignals } from "../../app/lib/signals.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { anEvent, anOperator, anOrder, deliveriesOf, NOW, ordered, until } from "./desk.ts";

const operator = anOperator("webhooks:reprocess");
const now = () => NOW.getTime();

it("records “process again here” as a replay, and says what changed", async () => {
  const db = await createTestDatabase();
  const eventId = await anEvent(db);
  const replayId = await ordered(db, anOrder([eventId], null));
  await reprocessReplay(db, replayId, now);
  const replay = await findReplay(db, operator.scope, replayId);
  expect(replay).toMatchObject({ kind: "reprocess", state: "finished", counts: { delivered: 1 } });
  const [delivery] = await deliveriesOf(db, replayId);
  expect(delivery?.outcome).toMatch(/^Processed again: still \w+$/);
});

it("finishes after a restart what was ordered before a crash", async () => {
  const db = await createTestDatabase();
  const replayId = await ordered(db, anOrder([await anEvent(db)], null));
  const runner = startReplayRunner({ db, config: aConfig(), signals: createSignals(), now });
  await until(async () => (await findReplay(db, operator.scope, replayId))?.state === "finished");
  await runner.stop();
});

it("pages the list of replays by keyset, both ways", async () => {
  const db = await createTestDatabase();
  const eventId = await anEvent(db);
  for (let index = 0; index < 53; index += 1) {
    const at = new Date(NOW.getTime() + index * 1_000);
    await ordered(db, anOrder([eventId], null, { now: at }));
  }
  const page = async (cursor: Parameters<typeof listReplays>[2]["cursor"]) =>
    listReplays(db, operator.scope, { environment: "sandbox", cursor });
  const { decodeCursor } = await import("../../app/lib/cursor.ts");
  const first = await page(null);
  expect(first.rows).toHaveLength(50);
  expect(first.previous).toBeNull();
  const second = await page(decodeCursor(first.next ?? ""));
  expect(second.rows).toHaveLength(3);
  expect(second.next).toBeNull();
  const back = await page(decodeCursor(second.previous ?? ""));
  expect(back.rows.map((row) => row.replayId)).toEqual(first.rows.map((row) => row.replayId));
  expect(back.previous).toBeNull();
});
