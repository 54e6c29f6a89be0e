import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { viewSearch } from "~/domain/views/view-search.ts";
import { loader as payments } from "~/routes/payments._index.tsx";
import { action, loader as allViews } from "~/routes/views._index.tsx";
import { loader as openLink } from "~/routes/views.$viewId.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

type Caller = Awaited<ReturnType<typeof signedIn>>;

let db: Database;
let ada: Caller;
let ben: Caller;
beforeEach(async () => {
  db = await createTestDatabase();
  ada = await signedIn(db, { role: "support" });
  ben = await signedIn(db, { role: "finance" });
});

type Fields = Readonly<Record<string, string>>;
const send = (who: Caller, fields: Fields) =>
  action(who("/views", {}, { method: "POST", body: new URLSearchParams(fields) }) as Parameters<typeof action>[0]);
const post = (who: Caller, fields: Fields) => responseOf(send(who, fields));

/** What the page is told when a form is refused. */
async function refusal(who: Caller, fields: Fields) {
  const answer = await send(who, fields);
  if (!("data" in answer)) throw new Error("Not refused");
  return { status: answer.init?.status, ...answer.data };
}

async function save(who: Caller, fields: Record<string, string> = {}): Promise<string> {
  const view = { list: "payments", name: "Declined", search: "?status=FAILED&cvn=N", environment: "sandbox" };
  const saved = await post(who, { intent: "save", ...view, ...fields });
  expect(saved.status).toBe(302);
  return saved.headers.get("Location")?.replace("/views/", "") ?? "";
}
const follow = async (who: Caller, viewId: string) => {
  const response = await responseOf(openLink(who(`/views/${viewId}`, { viewId }) as Parameters<typeof openLink>[0]));
  return { status: response.status, location: response.headers.get("Location") };
};
const list = (who: Caller, search: string) => payments(who(`/payments${search}`) as Parameters<typeof payments>[0]);
const names = async (who: Caller) =>
  (await allViews(who("/views") as Parameters<typeof allViews>[0])).views.map(({ name }) => name);
const audit = async () => (await db.read.select().from(db.tables.auditEntries)).map(({ action: what }) => what);

describe("a saved view", () => {
  it("is a link to its list with its filters and its environment", async () => {
    const viewId = await save(ada, { search: "?cvn=N&status=FAILED&cursor=n.1.pr-1&q=&view=viw_x&sort=newest" });
    expect(viewId).toMatch(/^viw_/);
    expect(await follow(ada, viewId)).toEqual({
      status: 302,
      location: `/payments?cvn=N&environment=sandbox&status=FAILED&view=${viewId}`,
    });
  });

  it("is marked on its list, with whether the filters are still its own", async () => {
    const viewId = await save(ada);
    const same = await list(ada, `?view=${viewId}&status=FAILED&cvn=N&cursor=n.1.pr-1`);
    expect(same.openView).toMatchObject({ view: { viewId, name: "Declined", sharedBy: null }, isChanged: false });
    const changed = await list(ada, `?view=${viewId}&status=FAILED`);
    expect(changed.openView?.isChanged).toBe(true);
    expect((await list(ada, "?status=FAILED&cvn=N")).openView).toBeNull();
    expect((await list(ada, "?view=viw_gone")).openView).toBeNull();
  });

  it("is its owner's alone until it is shared; to others it is not there", async () => {
    const viewId = await save(ada);
    expect(await names(ben)).toEqual([]);
    expect((await follow(ben, viewId)).status).toBe(404);
    expect((await follow(ben, "viw_none")).status).toBe(404);

    await post(ada, { intent: "share", viewId, shared: "on" });
    expect(await names(ben)).toEqual(["Declined"]);
    expect((await follow(ben, viewId)).status).toBe(302);
    const { views } = await list(ben, "");
    expect(views).toMatchObject([{ viewId, shared: true, sharedBy: expect.stringContaining("@"), canChange: false }]);

    await post(ada, { intent: "share", viewId });
    expect((await follow(ben, viewId)).status).toBe(404);
    expect(await audit()).toEqual(["views:share", "views:share"]);
  });

  it("is not there for those who may not see its environment", async () => {
    const viewId = await save(ben, { shared: "on", environment: "live" });
    const merchant = await signedIn(db, { role: "merchant" });
    expect(await names(merchant)).toEqual([]);
    expect((await follow(merchant, viewId)).status).toBe(404);
    expect(
      await refusal(merchant, { intent: "save", list: "payments", name: "x", search: "", environment: "live" }),
    ).toMatchObject({ status: 409 });
  });

  it("may be kept by a viewer, and not shared by one", async () => {
    const viewer = await signedIn(db, { role: "viewer" });
    const viewId = await save(viewer);
    expect(await names(viewer)).toEqual(["Declined"]);
    const refused = await refusal(viewer, { intent: "share", viewId, shared: "on" });
    expect(refused).toMatchObject({ status: 409, errors: { shared: expect.stringContaining("cannot share") } });
    const again = { intent: "save", list: "payments", name: "Mine", search: "", environment: "sandbox", shared: "on" };
    expect((await refusal(viewer, again)).status).toBe(409);
  });

  it("is renamed, updated and deleted by its owner, and by an administrator when it is shared", async () => {
    const viewId = await save(ada, { shared: "on" });
    const changes: readonly Fields[] = [
      { intent: "rename", viewId, name: "Mine now" },
      { intent: "update", viewId, search: "?cvn=M", environment: "sandbox" },
      { intent: "delete", viewId },
      { intent: "share", viewId },
    ];
    for (const change of changes) {
      expect((await refusal(ben, change)).errors).toEqual({ form: "Only whoever made this view may change it." });
    }
    await post(ada, { intent: "update", viewId, search: "?cvn=M&view=x", environment: "sandbox" });
    expect((await follow(ben, viewId)).location).toBe(`/payments?cvn=M&environment=sandbox&view=${viewId}`);

    const admin = await signedIn(db, { role: "admin" });
    await post(admin, { intent: "rename", viewId, name: "  CVN   matched " });
    expect(await names(ada)).toEqual(["CVN matched"]);
    await post(admin, { intent: "delete", viewId });
    expect(await names(ada)).toEqual([]);
    expect((await refusal(ada, { intent: "delete", viewId })).errors).toEqual({
      form: "This view is no longer there.",
    });
  });

  it("has a name of its own among its owner's views of the list, and comes back as typed when it has not", async () => {
    const viewId = await save(ada);
    const other = await save(ada, { name: "Other" });
    const taken = await refusal(ada, {
      intent: "save",
      list: "payments",
      name: "Declined",
      search: "?eci=05",
      environment: "sandbox",
    });
    expect(taken).toMatchObject({
      status: 409,
      errors: { name: expect.any(String) },
      values: { name: "Declined", search: "?eci=05" },
    });
    expect((await refusal(ada, { intent: "rename", viewId: other, name: "Declined" })).status).toBe(409);
    expect((await post(ada, { intent: "rename", viewId, name: "Declined" })).status).toBe(302);
    await save(ada, { list: "webhooks", search: "?status=stored" });
    await save(ben);
    expect(await names(ada)).toEqual(["Declined", "Declined", "Other"]);
  });

  it.each(["", "   ", "x".repeat(61)])("has a name of 1 to 60 characters: %j", async (name) => {
    const refused = await refusal(ada, { intent: "save", list: "payments", name, search: "", environment: "sandbox" });
    expect(refused).toMatchObject({ status: 400, errors: { name: expect.any(String) } });
  });

  it.each(["?next=https://evil.example", "?status=FAILED&stauts=PAID", "?amount_min=lots", "?from=soon"])(
    "keeps only what its list understands: %s",
    async (search) => {
      const view = { intent: "save", list: "payments", name: "Odd", search, environment: "sandbox" };
      expect(await refusal(ada, view)).toMatchObject({ status: 409, errors: { form: expect.any(String) } });
    },
  );

  it("keeps no e-mail address, which colleagues would read unmasked", async () => {
    const view = {
      intent: "save",
      list: "payments",
      name: "Jane",
      search: "?q=jane%40example.com",
      environment: "sandbox",
    };
    expect((await refusal(ada, view)).errors.form).toContain("e-mail");
  });

  it.each([
    { name: "Jane jane@example.com", search: "" },
    { name: ["4111", "1111", "1111", "1111"].join(" "), search: "" },
    { name: "Card", search: `?q=${["4111", "1111", "1111", "1111"].join("")}` },
  ])("keeps neither an address nor card data, in its name or its search: $name", async (fields) => {
    const view = { intent: "save", list: "payments", environment: "sandbox", ...fields };
    expect((await refusal(ada, view)).errors.form).toMatch(/keeps no/);
    const viewId = await save(ada);
    const changed: Fields = fields.search
      ? { intent: "update", viewId, search: fields.search, environment: "sandbox" }
      : { intent: "rename", viewId, name: fields.name };
    expect((await refusal(ada, changed)).errors.form).toMatch(/keeps no/);
    expect(JSON.stringify(await db.read.select().from(db.tables.savedViews))).not.toMatch(/4111|jane/);
  });

  it("is one view when its form is sent twice at once, and one of two gets a name", async () => {
    const view = { intent: "save", list: "payments", name: "Twice", search: "", environment: "sandbox" };
    const answers = await Promise.all([post(ada, view), post(ada, view)].map((one) => one.catch(() => null)));
    expect(answers.filter((one) => one?.status === 302)).toHaveLength(1);
    expect(await names(ada)).toEqual(["Twice"]);

    const [first, second] = [await save(ada, { name: "A" }), await save(ada, { name: "B" })];
    await Promise.all([first, second].map((viewId) => send(ada, { intent: "rename", viewId, name: "C" })));
    expect((await names(ada)).filter((name) => name === "C")).toHaveLength(1);
  });

  it("is not moved to an environment that is not its owner's", async () => {
    const merchant = await signedIn(db, { role: "merchant" });
    const viewId = await save(merchant);
    const update = { intent: "update", viewId, search: "", environment: "live" };
    expect((await refusal(merchant, update)).status).toBe(409);
  });

  it("leads nowhere but to its list, whatever was stored", async () => {
    const viewId = await save(ada);
    await db.write([
      { query: db.read.update(db.tables.savedViews).set({ search: "//evil.example?environment=sandbox" }), rows: 1 },
    ]);
    expect(await follow(ada, viewId)).toMatchObject({ status: 404 });
    await db.write([
      { query: db.read.update(db.tables.savedViews).set({ search: "environment=sandbox&x=//evil.example" }), rows: 1 },
    ]);
    expect((await follow(ada, viewId)).location).toMatch(/^\/payments\?environment=sandbox&x=/);
  });
});

describe("the search of a view", () => {
  it("is written the same whenever it asks for the same", () => {
    const written = viewSearch("?status=FAILED&eci=06&eci=05&q=+order+&environment=live", "sandbox");
    expect(written).toBe("eci=05&eci=06&environment=sandbox&q=order&status=FAILED");
    expect(viewSearch("?q=order&eci=05&eci=06&eci=05&status=FAILED&to=&cursor=x&view=viw_1", "sandbox")).toBe(written);
  });
});
