import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Role } from "~/db.server.ts";
import { ROLES } from "~/domain/operators/permissions.ts";
import { countClasses } from "~/domain/reconciliation/count-classes.server.ts";
import { findLateChanges } from "~/domain/reconciliation/late-changes.server.ts";
import { listDays } from "~/domain/reconciliation/list-days.server.ts";
import { findPostedAdjustments } from "~/domain/reconciliation/posted-adjustments.server.ts";
import { verifyDay } from "~/domain/reconciliation/verify-day.server.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { loader as overview, action as overviewAction } from "~/routes/reconciliation._index.tsx";
import { action as dayAction, loader as dayLoader } from "~/routes/reconciliation.days.$day.tsx";
import { loader as dayStatement } from "~/routes/reconciliation.days.$day_.statement.tsx";
import { action as monthAction, loader as monthLoader } from "~/routes/reconciliation.months.$month.tsx";
import { loader as monthStatement } from "~/routes/reconciliation.months.$month_.statement.tsx";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";
import { plansOf } from "../setup/query-plans.ts";
import { book, bookRun } from "./books.ts";

const day = "2026-03-10";
const month = "2026-03";

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
  await bookRun(db);
  await book(db, { groupKey: "pr-1", day }, { captured: 1_000, reported: 900 });
  await book(db, { groupKey: "pr-2", day, class: "amount_differs", businessId: "biz-2" }, { captured: 50 });
});

type Person = Awaited<ReturnType<typeof signedIn>>;
const as = (role: Role) => signedIn(db, { role });
const post = (fields: Record<string, string>) => ({ method: "POST", body: new URLSearchParams(fields) });

/** What an action answers or throws, as a browser gets it. */
const answered = (work: Promise<unknown>) => responseOf(work.then((one) => Promise.reject(one)));

const onDay = (person: Person, fields: Record<string, string>, of = day) =>
  answered(
    dayAction(person(`/reconciliation/days/${of}`, { day: of }, post(fields)) as Parameters<typeof dayAction>[0]),
  );
const onMonth = (person: Person, fields: Record<string, string>, of = month) =>
  answered(
    monthAction(
      person(`/reconciliation/months/${of}`, { month: of }, post(fields)) as Parameters<typeof monthAction>[0],
    ),
  );
const seeDay = (person: Person, search = "", of = day) =>
  dayLoader(person(`/reconciliation/days/${of}${search}`, { day: of }) as Parameters<typeof dayLoader>[0]);
const closings = () => db.read.select().from(db.tables.closedDays);

const readers: readonly Role[] = ["admin", "finance", "support", "viewer"];
const closers: readonly Role[] = ["admin", "finance"];

describe("who may", () => {
  it.each(ROLES)("%s reads the pages, or is turned away", async (role) => {
    const person = await as(role);
    const loads: readonly (() => Promise<unknown>)[] = [
      () => overview(person("/reconciliation") as Parameters<typeof overview>[0]),
      () => seeDay(person),
      () => monthLoader(person(`/reconciliation/months/${month}`, { month }) as Parameters<typeof monthLoader>[0]),
      () => dayStatement(person(`/x`, { day }) as Parameters<typeof dayStatement>[0]),
      () => monthStatement(person(`/x`, { month }) as Parameters<typeof monthStatement>[0]),
    ];
    for (const load of loads) {
      if (readers.includes(role)) expect(await load()).toBeDefined();
      else expect((await responseOf(load())).status).toBe(403);
    }
  });

  it.each(ROLES)("%s closes a day and a month, or does not", async (role) => {
    const person = await as(role);
    const status = closers.includes(role) ? 302 : 403;
    expect((await onDay(person, { intent: "close", acceptsOpen: "on" })).status).toBe(status);
    expect((await onMonth(person, { intent: "close", acceptsOpen: "on" })).status).toBe(status);
    expect(await closings()).toHaveLength(closers.includes(role) ? 31 : 0);
  });

  it.each(ROLES)("%s reopens a day, or does not", async (role) => {
    await onDay(await as("admin"), { intent: "close", acceptsOpen: "on" });
    const [closing] = await closings();
    const form = { intent: "reopen", digest: closing?.digest ?? "", reason: "a corrected report" };
    expect((await onDay(await as(role), form)).status).toBe(role === "admin" ? 302 : 403);
    expect(await closings()).toHaveLength(role === "admin" ? 0 : 1);
  });

  it.each(ROLES)("%s asks for a match, or does not", async (role) => {
    const person = await as(role);
    const args = person("/reconciliation?index&month=2026-03", {}, post({})) as Parameters<typeof overviewAction>[0];
    let rings = 0;
    args.context.signals.on("reconciliation", () => {
      rings += 1;
    });
    const response = await answered(overviewAction(args));
    expect(response.status).toBe(closers.includes(role) ? 302 : 403);
    expect(rings).toBe(closers.includes(role) ? 1 : 0);
    if (closers.includes(role)) expect(response.headers.get("Location")).toBe("/reconciliation?month=2026-03");
  });

  it("somebody limited to a business sees its sums, is told so, and closes nothing", async () => {
    const person = await signedIn(db, { role: "finance", businessIds: ["biz-2"] });
    const { page, can } = await seeDay(person);
    expect(page).toMatchObject({ isLimited: true, line: { figures: [{ sums: { captured: "50" } }], open: 1 } });
    expect(can).toMatchObject({ close: false, reopen: false });
    expect((await onDay(person, { intent: "close", acceptsOpen: "on" })).status).toBe(409);
    expect(await closings()).toEqual([]);
  });

  it("another environment than one's own is as if it were absent", async () => {
    const person = await signedIn(db, { environments: ["test"] });
    expect((await responseOf(seeDay(person, "?environment=sandbox"))).status).toBe(404);
    expect((await onMonth(person, { intent: "close" })).status).toBe(409);
    expect(await closings()).toEqual([]);
  });
});

describe("the page of a day", () => {
  it("wants a tick while exceptions are open, beside its field", async () => {
    const response = await onDay(await as("finance"), { intent: "close" });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ errors: { acceptsOpen: expect.stringContaining("open") } });
  });

  it("wants a reason to reopen, and keeps what was typed", async () => {
    await onDay(await as("admin"), { intent: "close", acceptsOpen: "on" });
    const digest = (await closings())[0]?.digest ?? "";
    const response = await onDay(await as("admin"), { intent: "reopen", digest, reason: "so" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: { reason: expect.stringContaining("why") },
      values: { reason: "so" },
    });
  });

  it("computes the digest again when asked to", async () => {
    const person = await as("viewer");
    expect((await seeDay(person, "?verify=1")).verified).toBeNull();
    await onDay(await as("finance"), { intent: "close", acceptsOpen: "on" });
    expect((await seeDay(person, "?verify=1")).verified).toMatchObject({ isSame: true, rows: 2 });
    expect((await seeDay(person)).verified).toBeNull();
  });

  it("counts the day's groups by class, each in one", async () => {
    const { page } = await seeDay(await as("viewer"));
    expect(page.classes).toEqual([
      { class: "amount_differs", groups: 1, open: 1 },
      { class: "matched", groups: 1, open: 0 },
    ]);
  });

  it("is absent for what is no day, and for no form it knows", async () => {
    const person = await as("admin");
    expect((await responseOf(seeDay(person, "", "2026-02-30"))).status).toBe(404);
    expect((await onDay(person, { intent: "burn" })).status).toBe(400);
    const never = monthLoader(person("/x", { month: "2026-13" }) as Parameters<typeof monthLoader>[0]);
    expect((await responseOf(never)).status).toBe(404);
    const wrong = monthStatement(person("/x", { month: day }) as Parameters<typeof monthStatement>[0]);
    expect((await responseOf(wrong)).status).toBe(404);
  });
});

describe("the page of a month", () => {
  it("says where closing stopped, and keeps what was closed", async () => {
    const response = await onMonth(await as("finance"), { intent: "close" });
    expect(response.status).toBe(409);
    const { errors } = await response.json();
    expect(errors.form).toMatch(/^9 days closed\. Stopped at 10 Mar 2026: Exceptions are open/);
    expect(await closings()).toHaveLength(9);
  });

  it("that goes on is closed up to the day that does", async () => {
    const today = new Date().toISOString().slice(0, 7);
    const response = await onMonth(await as("finance"), { intent: "close" }, today);
    const closed = await closings();
    expect(response.status).toBe(closed.length > 0 ? 302 : 409);
    expect(closed.every((one) => one.day.startsWith(today))).toBe(true);
  });
});

describe("the overview", () => {
  it("shows the month's figures by currency, its days, the open exceptions and the last match", async () => {
    await book(db, { groupKey: "pr-3", day: "2026-03-11", currency: "PHP", untold: 1 }, { captured: 7 });
    const person = await as("viewer");
    const args = person(`/reconciliation?month=${month}`) as Parameters<typeof overview>[0];
    const { overview: page, currencies, currency } = await overview(args);
    expect(currencies).toEqual(["IDR", "PHP"]);
    expect(currency).toBe("IDR");
    expect(page.figures).toMatchObject([
      { currency: "IDR", sums: { captured: "1050", reported: "900" }, untold: 0 },
      { currency: "PHP", sums: { captured: "7" }, untold: 1 },
    ]);
    expect(page.days).toHaveLength(31);
    expect(page.exceptions).toMatchObject({ open: 1, classes: [{ class: "amount_differs", count: 1 }] });
    expect(page.match.run?.check.isWhole).toBe(true);
    expect(page.latest).toBe(month);
  });
});

/** An index of which nothing but the environment is known. */
const BARE = /SEARCH (reconciliation_\w+|late|l) USING (COVERING )?INDEX \w+ \(environment=\?\)/;

describe("figures", () => {
  it("are read by indexes only, of whole scopes and of some businesses", async () => {
    await onDay(await as("finance"), { intent: "close", acceptsOpen: "on" });
    // The heavy reader's queries, on the thread whose plans can be looked at.
    const watched: Database = { ...db, heavy: () => db.read };
    const one = day as BusinessDay;
    const asked = { environment: "sandbox" as const, zone: "Asia/Jakarta", now: Date.now() };
    const span = { environment: "sandbox" as const, from: one, to: one };
    const plans = await plansOf(db, async () => {
      for (const businessIds of [null, ["biz-2"]]) {
        const scope = { environments: ENVIRONMENTS, businessIds };
        await listDays(watched, scope, { ...asked, days: [one, "2026-03-11" as BusinessDay] });
        await countClasses(watched, scope, span);
        await findLateChanges(watched, scope, { environment: "sandbox", day: one });
        await findLateChanges(watched, scope, { environment: "sandbox", day: null, after: "x" });
        await findPostedAdjustments(watched, scope, { ...span, side: "by" });
        await findPostedAdjustments(watched, scope, { ...span, side: "of" });
      }
      await verifyDay(watched, { environments: ENVIRONMENTS, businessIds: null }, { environment: "sandbox", day: one });
    });
    expect(plans.length).toBeGreaterThan(10);
    const walks = plans.filter((plan) => /SCAN (reconciliation_|closed_|late|l\b)/.test(plan) || BARE.test(plan));
    expect(walks).toEqual([]);
  });
});

describe("the statement", () => {
  const statementOf = async (person: Person) =>
    (await dayStatement(person("/x", { day }) as Parameters<typeof dayStatement>[0])).statement;

  it("is a draft until the day is closed, and then keeps figures and classes whatever comes", async () => {
    const person = await as("viewer");
    expect((await statementOf(person)).days[0]?.closing).toBeNull();
    await onDay(await as("finance"), { intent: "close", acceptsOpen: "on" });
    const frozen = await statementOf(person);
    expect(frozen.verified).toMatchObject({ isSame: true });
    await book(db, { groupKey: "pr-1", day, class: "amount_differs" }, { captured: 5_000, reported: 900 });
    const after = await statementOf(person);
    expect(after.figures).toEqual(frozen.figures);
    expect(after.classes).toEqual([
      { class: "amount_differs", groups: 1 },
      { class: "matched", groups: 1 },
    ]);
    expect(after.late).toBe(1);
  });
});
