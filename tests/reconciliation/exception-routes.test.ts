import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Role } from "~/db.server.ts";
import { chosenValue } from "~/domain/reconciliation/exception.ts";
import { newId } from "~/lib/ids.ts";
import { loader as paymentPage } from "~/routes/payments.$paymentRequestId.tsx";
import { action as decideSeveral, loader as list } from "~/routes/reconciliation.exceptions._index.tsx";
import { action as decide, loader as one } from "~/routes/reconciliation.exceptions.$groupKey.tsx";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { aDesk, addRows, aRow, chosen, groupOf, matchAll } from "./exceptions-desk.ts";

let db: Database;
beforeEach(async () => {
  db = await aDesk();
});

type Who = Parameters<typeof signedIn>[1];
const LIST = "/reconciliation/exceptions";

/** A refused form is returned, not thrown. */
const answerOf = (work: Promise<unknown>) =>
  responseOf(
    work.then((answer) => {
      throw answer;
    }),
  );
const body = (fields: readonly (readonly [string, string])[]) => ({
  method: "POST",
  body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
});
const openList = async (search = "", who: Who = {}) =>
  list((await signedIn(db, who))(LIST + search) as Parameters<typeof list>[0]);
const open = async (groupKey: string, who: Who = {}, search = "") =>
  one((await signedIn(db, who))(`${LIST}/${groupKey}${search}`, { groupKey }) as Parameters<typeof one>[0]);
const post = async (groupKey: string, fields: Record<string, string>, who: Who = {}) =>
  answerOf(
    decide(
      (await signedIn(db, who))(`${LIST}/${groupKey}`, { groupKey }, body(Object.entries(fields))) as Parameters<
        typeof decide
      >[0],
    ),
  );
const postSeveral = async (fields: readonly (readonly [string, string])[], who: Who = {}) =>
  answerOf(decideSeveral((await signedIn(db, who))(LIST, {}, body(fields)) as Parameters<typeof decideSeveral>[0]));

const accepting = async (groupKey = "pr-short", reason = "a rounding of the acquirer") => {
  const { digest } = await groupOf(db, groupKey);
  return { intent: "accept", digest, reason };
};

describe("who may", () => {
  const readers: Record<Role, boolean> = { admin: true, finance: true, support: true, merchant: false, viewer: true };
  const deciders: Record<Role, boolean> = {
    admin: true,
    finance: true,
    support: false,
    merchant: false,
    viewer: false,
  };
  const commenters: Record<Role, boolean> = {
    admin: true,
    finance: true,
    support: true,
    merchant: false,
    viewer: false,
  };
  const roles = Object.keys(readers) as Role[];

  it.each(roles)("read the list and one exception, as %s", async (role) => {
    if (readers[role]) {
      expect((await openList("", { role })).can).toMatchObject({ resolve: deciders[role], writeOff: deciders[role] });
      expect((await open("pr-short", { role })).can).toMatchObject({
        resolve: deciders[role],
        comment: commenters[role],
      });
    } else {
      expect((await responseOf(openList("", { role }))).status).toBe(403);
      expect((await responseOf(open("pr-short", { role }))).status).toBe(403);
    }
  });

  it.each(roles)("decide, as %s", async (role) => {
    const { digest } = await groupOf(db, "pr-short");
    const reason = "a rounding of the acquirer";
    const forms: readonly Record<string, string>[] = [
      { intent: "assign", assignee: "" },
      { intent: "write-off", digest, reason },
      { intent: "reopen", digest, reason },
      { intent: "accept", digest, reason },
      { intent: "link", transactionId: "txn_short", to: "pr-lost", reason },
    ];
    for (const form of forms) {
      expect([form.intent, (await post("pr-short", form, { role })).status]).toEqual([
        form.intent,
        deciders[role] ? 302 : 403,
      ]);
    }
    const chosenOne = chosenValue(await chosen(db, "pr-lost"));
    const several = await postSeveral(
      [
        ["intent", "accept"],
        ["group", chosenOne],
        ["reason", reason],
      ],
      { role },
    );
    expect(several.status).toBe(deciders[role] ? 302 : 403);
  });

  it.each(roles)("comment, as %s", async (role) => {
    const form = { intent: "comment", commentId: newId("comment"), text: "asked the acquirer" };
    const { status } = await post("pr-short", form, { role });
    // Merchants write notes, and reconciliation is not there for them.
    expect(status).toBe(commenters[role] ? 302 : role === "merchant" ? 404 : 403);
  });

  it("see what is theirs only: another environment, business or key answers alike", async () => {
    expect((await responseOf(open("pr-none"))).status).toBe(404);
    expect((await responseOf(open("pr-short", { businessIds: ["biz-2"] }))).status).toBe(404);
    expect((await responseOf(open("pr-short", { environments: ["live"] }, "?environment=sandbox"))).status).toBe(404);
    expect((await responseOf(openList("?environment=live", { environments: ["sandbox"] }))).status).toBe(404);
    expect((await post("pr-short", await accepting(), { businessIds: ["biz-2"] })).status).toBe(404);
    expect(await db.read.select().from(db.tables.auditEntries)).toEqual([]);
  });
});

describe("the page of one", () => {
  it("keeps the form as typed when the facts changed meanwhile, and says so", async () => {
    const form = await accepting("pr-short", "the fee of the acquirer");
    await addRows(db, [aRow({ transactionId: "txn_new", productId: "py-short", amountMinor: 100, amountRaw: "1" })]);
    await matchAll(db);
    const refused = await post("pr-short", form);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      of: "accept",
      errors: { form: expect.stringContaining("Its facts changed since this page was opened") },
      values: { reason: "the fee of the acquirer" },
    });
    const { digest } = await groupOf(db, "pr-short");
    expect((await post("pr-short", { ...form, digest })).headers.get("Location")).toBe(
      "/reconciliation/exceptions/pr-short?environment=sandbox",
    );
  });

  it("refuses a reason that says nothing or holds card data, and does not send card data back", async () => {
    const empty = await post("pr-short", await accepting("pr-short", " x "));
    expect(await empty.json()).toMatchObject({ errors: { reason: "Say why, in a few words" } });
    const pan = ["4111", "1111", "1111", "1111"].join(" ");
    const leaking = await post("pr-short", await accepting("pr-short", `card ${pan}`));
    expect(leaking.status).toBe(400);
    expect(await leaking.text()).not.toContain(pan);
    expect((await post("pr-short", { intent: "burn" })).status).toBe(400);
  });

  it("goes along with a row that was linked by hand", async () => {
    const reason = "the acquirer said so";
    const form = { intent: "link", transactionId: "txn_stranger", to: "py-lost", reason };
    const answer = await post("py-stranger", form);
    expect(answer.headers.get("Location")).toBe("/reconciliation/exceptions/pr-lost?environment=sandbox");
    const wrong = await post("pr-short", { ...form, transactionId: "txn_short", to: "pr-nobody" });
    expect(await wrong.json()).toMatchObject({
      of: "link txn_short",
      errors: { to: expect.stringContaining("No payment here has this id") },
      values: { to: "pr-nobody" },
    });
  });
});

describe("several at once", () => {
  it("are done with one toast, or answered for one by one", async () => {
    const short = chosenValue(await chosen(db, "pr-short"));
    const lost = chosenValue(await chosen(db, "pr-lost"));
    const form = [
      ["intent", "write-off"],
      ["reason", "below the limit"],
      ["group", short],
      ["group", lost],
    ] as const;
    const answer = await postSeveral(form);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      verb: "written off",
      answers: { done: ["pr-short"], refused: [{ groupKey: "pr-lost", refusal: "above_limit" }] },
    });
    const accepted = await postSeveral([
      ["intent", "accept"],
      ["reason", "known to the acquirer"],
      ["group", lost],
    ]);
    expect(accepted.status).toBe(302);
  });

  it("are two hundred at most, and each names the facts it was chosen by", async () => {
    const { digest } = await groupOf(db, "pr-short");
    const many = Array.from(
      { length: 201 },
      (_, at) => ["group", chosenValue({ digest, groupKey: `pr-${at}` })] as const,
    );
    const form = [
      ["intent", "accept"],
      ["reason", "all of them"],
    ] as const;
    expect(await (await postSeveral([...form, ...many])).json()).toMatchObject({
      errors: { group: "Choose up to 200 at once" },
    });
    expect((await postSeveral([...form, ["group", "pr-short"]])).status).toBe(400);
    expect((await postSeveral(form)).status).toBe(400);
  });
});

describe("the payment's page", () => {
  const panelFor = async (role: Role, paymentRequestId = "pr-short") => {
    const args = (await signedIn(db, { role }))(`/payments/${paymentRequestId}`, { paymentRequestId });
    const { page } = await paymentPage(args as Parameters<typeof paymentPage>[0]);
    return page?.reconciliation;
  };

  it("says the class and its sentence to those who may read reconciliation", async () => {
    expect(await panelFor("support")).toMatchObject({
      class: "amount_differs",
      sentence: "Captured 10,000.00 IDR; reported 9,950.00 IDR in txn_short.",
    });
    expect(await panelFor("merchant")).toBeNull();
  });
});
