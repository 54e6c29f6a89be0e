import type { ActionFunctionArgs } from "@remix-run/node";
import { beforeEach, describe, expect, it } from "vitest";
import type { AppContext } from "../../app/context.server.ts";
import type { Database, Role } from "../../app/db.server.ts";
import { beginSession } from "../../app/domain/operators/operator-session.server.ts";
import { createSignals } from "../../app/lib/signals.ts";
import * as destinationsRoute from "../../app/routes/destinations._index.tsx";
import * as replaysRoute from "../../app/routes/replays._index.tsx";
import * as replayRoute from "../../app/routes/replays.$replayId.tsx";
import * as replayResultsRoute from "../../app/routes/replays.$replayId[.]csv.ts";
import * as newReplayRoute from "../../app/routes/replays.new.tsx";
import * as eventReplayRoute from "../../app/routes/webhooks.$eventId.replay.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aDestination, anEvent, NOW } from "./desk.ts";

const config = aConfig();
const KEY = "a-form-of-its-own";
type Route = (args: ActionFunctionArgs) => Promise<unknown>;

describe("the pages and forms of replaying", () => {
  let db: Database;
  let context: AppContext;

  beforeEach(async () => {
    db = await createTestDatabase();
    context = { db, config, signals: createSignals(), nonce: "", requestId: "req", address: "127.0.0.1" };
  });

  async function signIn(role: Role, businessIds: readonly string[] | null = null): Promise<string> {
    const operatorId = `op_${role}`;
    const now = new Date();
    const session = beginSession(db, config, { operatorId, now });
    const operator = {
      operatorId,
      email: `${role}@example.com`,
      role,
      businessIds,
      environments: null,
      preferences: {},
    };
    const row = { ...operator, passwordHash: "none", createdAt: now.getTime() };
    await db.write([{ query: db.read.insert(db.tables.operators).values(row), rows: 1 }, session.statement]);
    return session.cookie.split(";")[0] ?? "";
  }

  /** The status and address of what a route answered, thrown or returned. */
  async function ask(
    route: Route,
    asked: {
      path: string;
      cookie: string;
      params?: Record<string, string>;
      form?: readonly (readonly [string, string])[];
    },
  ) {
    const body = asked.form && new URLSearchParams(asked.form.map(([name, value]) => [name, value]));
    const request = new Request(`http://127.0.0.1:3000${asked.path}`, {
      method: body ? "POST" : "GET",
      headers: { Cookie: asked.cookie },
      ...(body ? { body } : {}),
    });
    const answer = await route({ request, params: asked.params ?? {}, context } as ActionFunctionArgs).catch(
      (thrown: unknown) => {
        if (thrown instanceof Response) return thrown;
        throw thrown;
      },
    );
    if (answer instanceof Response) return { status: answer.status, to: answer.headers.get("Location"), data: null };
    const wrapped = answer as { data?: unknown; init?: { status?: number } };
    return { status: wrapped.init?.status ?? 200, to: null, data: wrapped.init ? wrapped.data : answer };
  }

  const replayEvent = (cookie: string, eventId: string, form: readonly (readonly [string, string])[]) =>
    ask(eventReplayRoute.action as Route, { path: `/webhooks/${eventId}/replay`, cookie, params: { eventId }, form });

  it.each([
    ["admin", 302],
    ["support", 302],
    ["merchant", 302],
    ["finance", 403],
    ["viewer", 403],
  ] as const)("lets %s process a sandbox webhook again, or not: %i", async (role, status) => {
    const eventId = await anEvent(db);
    const form = [
      ["intent", "reprocess"],
      ["idempotencyKey", KEY],
    ] as const;
    expect((await replayEvent(await signIn(role), eventId, form)).status).toBe(status);
  });

  it.each(["finance", "viewer"] as const)("lets %s neither send nor see where to", async (role) => {
    const cookie = await signIn(role);
    const eventId = await anEvent(db);
    const destinationId = await aDestination(db, config, { url: "https://hooks.example.com/" });
    const form = [
      ["intent", "send"],
      ["idempotencyKey", KEY],
      ["destinationId", destinationId],
    ] as const;
    expect((await replayEvent(cookie, eventId, form)).status).toBe(403);
    expect((await ask(destinationsRoute.loader as Route, { path: "/destinations", cookie })).status).toBe(403);
    expect((await ask(newReplayRoute.loader as Route, { path: `/replays/new?event=${eventId}`, cookie })).status).toBe(
      403,
    );
  });

  it("lets support send to destinations but not make them", async () => {
    const cookie = await signIn("support");
    const add = [
      ["intent", "add"],
      ["name", "mine"],
      ["url", "https://hooks.example.com/"],
    ] as const;
    expect((await ask(destinationsRoute.action as Route, { path: "/destinations", cookie, form: add })).status).toBe(
      403,
    );
    expect((await ask(destinationsRoute.loader as Route, { path: "/destinations", cookie })).data).toMatchObject({
      canWrite: false,
    });
  });

  it("sends strangers to sign in", async () => {
    const answer = await ask(replaysRoute.loader as Route, { path: "/replays", cookie: "" });
    expect(answer).toMatchObject({ status: 302, to: "/sign-in?next=%2Freplays" });
  });

  it("answers as if a webhook and a replay of another business were not there", async () => {
    const eventId = await anEvent(db);
    const ordered = await replayEvent(await signIn("admin"), eventId, [
      ["intent", "reprocess"],
      ["idempotencyKey", KEY],
    ]);
    expect(ordered.to).toBe(`/webhooks/${eventId}`);
    const [replay] = await db.read.select().from(db.tables.replays);
    const replayId = replay?.replayId ?? "";

    const foreign = await signIn("support", ["another-business"]);
    const form = [
      ["intent", "reprocess"],
      ["idempotencyKey", KEY],
    ] as const;
    expect((await replayEvent(foreign, eventId, form)).status).toBe(404);
    const page = { path: `/replays/${replayId}`, params: { replayId } };
    expect((await ask(replayRoute.loader as Route, { ...page, cookie: foreign })).status).toBe(404);
    expect(
      (await ask(replayRoute.action as Route, { ...page, cookie: foreign, form: [["intent", "cancel"]] })).status,
    ).toBe(404);
  });

  it("puts what is wrong with a destination beside its field, and never gives the token back", async () => {
    const cookie = await signIn("admin");
    const form = [
      ["intent", "add"],
      ["name", ""],
      ["url", "https://hooks.example.com/"],
      ["token", "typed-for-it"],
    ] as const;
    const empty = await ask(destinationsRoute.action as Route, { path: "/destinations", cookie, form });
    expect(empty).toMatchObject({ status: 400, data: { errors: { name: "Give it a name." } } });
    expect(JSON.stringify(empty.data)).not.toContain("typed-for-it");

    const own = [
      ["intent", "add"],
      ["name", "self"],
      ["url", "http://127.0.0.1:3000/webhooks/xendit"],
    ] as const;
    const refused = await ask(destinationsRoute.action as Route, { path: "/destinations", cookie, form: own });
    expect(refused).toMatchObject({ status: 409, data: { errors: { url: "This is Paydesk itself." } } });
    expect(await db.read.select().from(db.tables.destinations)).toEqual([]);
  });

  it("plans chosen webhooks, then orders them as one replay", async () => {
    const cookie = await signIn("admin");
    const events = [await anEvent(db), await anEvent(db)];
    const destinationId = await aDestination(db, config, { url: "https://hooks.example.com/" });
    const path = `/replays/new?${events.map((eventId) => `event=${eventId}`).join("&")}`;
    const planned = await ask(newReplayRoute.loader as Route, { path, cookie });
    expect(planned.data).toMatchObject({
      plan: { environment: "sandbox", destination: { name: "staging" }, selected: 2, toSend: 2, sample: [{}, {}] },
    });

    const form = [
      ["idempotencyKey", KEY],
      ["destination", destinationId],
      ...events.map((eventId) => ["event", eventId] as const),
    ] as const;
    const ordered = await ask(newReplayRoute.action as Route, { path: "/replays/new", cookie, form });
    expect(ordered.to).toMatch(/^\/replays\/rpl_/);
    const again = await ask(newReplayRoute.action as Route, { path: "/replays/new", cookie, form });
    expect(again.to).toBe(ordered.to);
    const [replay] = await db.read.select().from(db.tables.replays);
    expect(replay).toMatchObject({ total: 2, state: "running", orderedAt: expect.any(Number) });
    expect(replay?.orderedAt).toBeGreaterThan(NOW.getTime() - 1);
  });

  it("takes five hundred chosen webhooks at a time and says so", async () => {
    const cookie = await signIn("admin");
    const path = `/replays/new?${Array.from({ length: 501 }, (_, index) => `event=evt_${index}`).join("&")}`;
    const planned = await ask(newReplayRoute.loader as Route, { path, cookie });
    expect(planned.data).toMatchObject({ plan: null, problem: { title: expect.stringContaining("up to 500") } });
  });

  it("plans a filter, and orders more than a hundred only with the destination's name typed", async () => {
    const cookie = await signIn("admin");
    for (let index = 0; index < 101; index++) await anEvent(db);
    const destinationId = await aDestination(db, config, { url: "https://hooks.example.com/" });
    const list = "environment=sandbox&type=payment.capture";
    const path = `/replays/new?${new URLSearchParams({ list, destination: destinationId })}`;
    const planned = await ask(newReplayRoute.loader as Route, { path, cookie });
    expect(planned.data).toMatchObject({ plan: { toSend: 101, needsConfirmation: true }, canBulk: true });

    const order = (confirmation: string) =>
      ask(newReplayRoute.action as Route, {
        path,
        cookie,
        form: [
          ["idempotencyKey", KEY],
          ["destination", destinationId],
          ["list", list],
          ["confirmation", confirmation],
        ],
      });
    const mistyped = await order("stagin");
    expect(mistyped).toMatchObject({
      status: 409,
      data: {
        errors: { confirmation: expect.stringContaining("Nothing was ordered") },
        values: { confirmation: "stagin" },
      },
    });
    expect(await db.read.select().from(db.tables.replays)).toEqual([]);
    expect((await order("staging")).to).toMatch(/^\/replays\/rpl_/);
  });

  it("keeps a destination from those it is not for, and a large replay from those who may not send in bulk", async () => {
    const admin = await signIn("admin");
    const eventId = await anEvent(db);
    const destinationId = await aDestination(db, config, { url: "https://hooks.example.com/" });
    await db.write([{ query: db.read.update(db.tables.destinations).set({ environments: ["live"] }), rows: 1 }]);
    const path = `/replays/new?event=${eventId}&destination=${destinationId}`;
    expect((await ask(newReplayRoute.loader as Route, { path, cookie: admin })).data).toMatchObject({ plan: null });

    const merchant = await signIn("merchant");
    expect((await ask(newReplayRoute.loader as Route, { path, cookie: merchant })).status).toBe(404);
    const form = [
      ["idempotencyKey", KEY],
      ["destination", destinationId],
      ["event", eventId],
    ] as const;
    expect((await ask(newReplayRoute.action as Route, { path, cookie: merchant, form })).status).toBe(409);
    expect(await db.read.select().from(db.tables.replays)).toEqual([]);
  });

  it("tells nobody a destination's URL who may not send there", async () => {
    const eventId = await anEvent(db);
    const destinationId = await aDestination(db, config, { url: "http://127.0.0.1:4009/a-path-that-is-a-secret" });
    await replayEvent(await signIn("admin"), eventId, [
      ["intent", "send"],
      ["destinationId", destinationId],
      ["idempotencyKey", KEY],
    ]);
    const [replay] = await db.read.select().from(db.tables.replays);
    const replayId = replay?.replayId ?? "";
    const cookie = await signIn("viewer");
    const list = await ask(replaysRoute.loader as Route, { path: "/replays?environment=sandbox", cookie });
    const page = await ask(replayRoute.loader as Route, { path: `/replays/${replayId}`, cookie, params: { replayId } });
    expect(JSON.stringify([list, page])).toContain(replayId);
    expect(JSON.stringify([list, page])).not.toContain("a-path-that-is-a-secret");
  });

  it("holds and ends a listener from its page, and leaves what forwards to its destination's page", async () => {
    const cookie = await signIn("admin");
    const run = { environment: "sandbox", state: "running", total: 0, orderedBy: "op_admin", orderedAt: 1 } as const;
    for (const kind of ["listen", "forward"] as const) {
      const row = { ...run, kind, replayId: `rpl_${kind}`, idempotencyKey: kind, selection: "environment=sandbox" };
      await db.write([{ query: db.read.insert(db.tables.replays).values(row), rows: 1 }]);
    }
    const move = async (replayId: string, intent: string) => {
      const form = [["intent", intent]] as const;
      const asked = { path: `/replays/${replayId}`, cookie, params: { replayId }, form };
      return (await ask(replayRoute.action as Route, asked)).status;
    };
    const moves = async (replayId: string) => {
      const asked = { path: `/replays/${replayId}`, cookie, params: { replayId } };
      return ((await ask(replayRoute.loader as Route, asked)).data as { moves: readonly string[] }).moves;
    };
    expect(await moves("rpl_listen")).toEqual(["stop", "cancel"]);
    expect(await move("rpl_listen", "stop")).toBe(302);
    expect(await moves("rpl_listen")).toEqual(["resume", "cancel"]);
    expect(await move("rpl_listen", "resume")).toBe(302);
    expect(await move("rpl_listen", "cancel")).toBe(302);
    expect(await moves("rpl_listen")).toEqual([]);
    expect(await moves("rpl_forward")).toEqual([]);
    expect(await move("rpl_forward", "cancel")).toBe(409);
  });

  it("exports the results of a replay to whoever may export, and to nobody whose it is not", async () => {
    const eventId = await anEvent(db);
    const admin = await signIn("admin");
    await replayEvent(admin, eventId, [
      ["intent", "reprocess"],
      ["idempotencyKey", KEY],
    ]);
    const [replay] = await db.read.select().from(db.tables.replays);
    const replayId = replay?.replayId ?? "";
    const csv = async (cookie: string) =>
      (
        await ask(replayResultsRoute.loader as Route, {
          path: `/replays/${replayId}.csv`,
          cookie,
          params: { replayId },
        })
      ).status;
    expect(await csv(admin)).toBe(200);
    expect(await csv(await signIn("viewer"))).toBe(403);
    expect(await csv(await signIn("support", ["another-business"]))).toBe(404);
  });
});
