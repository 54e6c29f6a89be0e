import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Role } from "~/db.server.ts";
import { cardDataInNote } from "~/domain/notes/card-data-in-note.ts";
import { newId } from "~/lib/ids.ts";
import { action, loader } from "~/routes/payments.$paymentRequestId.tsx";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const seed = aCapture();
const { payment_request_id: paymentRequestId } = seed.data;
/** Passes Luhn, belongs to nobody: the networks' own example, put together so that no whole number stands here. */
const pan = ["4111", "1111", "1111", "1111"];

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
  await capture(db, seed);
});

type Person = Awaited<ReturnType<typeof signedIn>>;

async function send(person: Person, fields: Record<string, string>, search = "?environment=sandbox") {
  const init = { method: "POST", body: new URLSearchParams(fields) };
  const args = person(`/payments/${paymentRequestId}${search}`, { paymentRequestId }, init);
  const answered = action(args as Parameters<typeof action>[0]);
  // What a refused form answers is returned; thrown, it becomes the response a browser would get.
  return responseOf(answered.then((one) => Promise.reject(one)));
}

const add = (person: Person, text: string, noteId = newId("note")) =>
  send(person, { intent: "add-note", noteId, text });

async function notesFor(person: Person) {
  const args = person(`/payments/${paymentRequestId}`, { paymentRequestId });
  const loaded = await loader(args as Parameters<typeof loader>[0]);
  if (!loaded.page) throw new Error("no card payment");
  return loaded.page;
}

const rows = () => db.read.select().from(db.tables.notes);
const audited = () => db.read.select().from(db.tables.auditEntries);

describe("a note", () => {
  it("is kept with its author and its time, and stands in the panel and in the timeline", async () => {
    const person = await signedIn(db, { role: "support" });
    const response = await add(person, "  The shopper called:\r\nwill pay again tomorrow.  ");
    expect(response.status).toBe(302);
    expect(response.headers.get("Location")).toBe(`/payments/${paymentRequestId}?environment=sandbox#notes`);

    const { notes, timeline } = await notesFor(person);
    expect(notes).toMatchObject([{ text: "The shopper called:\nwill pay again tomorrow.", removed: null }]);
    expect(notes[0]?.author).toMatch(/@desk\.test$/);
    expect(Math.abs((notes[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
    const told = timeline.find(({ kind }) => kind === "note");
    expect(told).toMatchObject({ key: `note-${notes[0]?.noteId}`, words: notes[0]?.text });
    expect(await audited()).toMatchObject([{ action: "notes:write", subject: paymentRequestId }]);
  });

  it("sent twice by one form is one note; the same form with other words is two", async () => {
    const person = await signedIn(db);
    const noteId = newId("note");
    await Promise.all([add(person, "once", noteId), add(person, "once", noteId)]);
    expect(await rows()).toHaveLength(1);
    expect((await add(person, "and another", noteId)).status).toBe(302);
    expect((await rows()).map(({ text }) => text).sort()).toEqual(["and another", "once"]);
    expect(await audited()).toHaveLength(2);
  });

  it.each([
    ["   ", "Write something."],
    ["x".repeat(2_001), "At most 2,000 characters."],
    ["a\u0007bell", "A note has no control characters."],
  ])("with %j is refused beside its field", async (text, sentence) => {
    const response = await answer(await signedIn(db), text);
    expect(response).toMatchObject({ status: 400, errors: { text: sentence }, values: { text } });
    expect(await rows()).toEqual([]);
  });

  it("may be as long as 2,000 characters, a line break being one", async () => {
    const text = `${"x".repeat(999)}\r\n${"y".repeat(1_000)}`;
    expect((await add(await signedIn(db), text)).status).toBe(302);
  });

  it("shows nobody an e-mail address that was typed into it", async () => {
    const person = await signedIn(db);
    await add(person, "wrote from jane.doe@example.com");
    expect(JSON.stringify(await notesFor(person))).not.toContain("jane.doe");
  });
});

describe("card data in a note", () => {
  it("is refused, kept nowhere and not sent back", async () => {
    const response = await answer(await signedIn(db), `card ${pan.join(" ")} please`);
    expect(response).toMatchObject({ status: 409, errors: { text: expect.stringContaining("card number") } });
    expect(JSON.stringify(response.values)).not.toContain("1111 1111");
    expect(await rows()).toEqual([]);
    expect(await audited()).toEqual([]);
  });

  it("is told from what the payment is known by: its network transaction id may pass Luhn too", async () => {
    const id = pan.join("");
    const details = { authorization_data: { network_transaction_id: id, network_response_code: "00" } };
    await capture(db, aCapture({ data: { payment_details: details } }), { webhookId: "wh-2" });
    expect((await add(await signedIn(db), `scheme id ${id}`)).status).toBe(302);
  });

  it.each([
    pan.join(""),
    pan.join("-"),
    pan.join("."),
    `x${pan.join("")}y`,
    `18-12-2024 ${pan.join(" ")} 10`,
    pan.join("").replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    pan.join("\u200b"),
    [...pan.join("")].join("\ufeff"),
    pan.join("").replace(/\d/g, "$&\ufe0f\u20e3"),
  ])("is found as a number in %j", (text) => {
    expect(cardDataInNote(text)?.refusal).toBe("card_number");
  });

  it("is looked for in a page of digits without holding up the desk", () => {
    expect(cardDataInNote("1 ".repeat(1000))).toBeNull();
    expect(cardDataInNote(`${"1.".repeat(900)} ${pan.join(" ")}`)?.refusal).toBe("card_number");
  });

  it.each(["CVN: 123", "cvv 123", "his CVV2 is 1234", "security code=999", "The CVC was 1 2 3"])(
    "is found as a CVN in %j",
    (text) => expect(cardDataInNote(text)?.refusal).toBe("cvn"),
  );

  it.each([
    "CVN N, yet approved",
    "CVV failed 3 times",
    "CVN checked on 18 Dec 2024, 10:30",
    "RRN 435205253972",
    "pr-00000000-0000-4000-8000-000000000001 is the other try",
    "refunded 10,000.00 IDR",
    "last four 1111",
  ])("is not seen in %j", (text) => expect(cardDataInNote(text)).toBeNull());
});

describe("a note is removed", () => {
  async function aNote(role: Role = "support") {
    const author = await signedIn(db, { role });
    await add(author, "wrong payment");
    const noteId = (await rows())[0]?.noteId ?? "";
    return { author, noteId, remove: (person: Person) => send(person, { intent: "remove-note", noteId }) };
  }

  it("by its author: the words are gone, who removed it stays", async () => {
    const { author, remove } = await aNote();
    expect((await remove(author)).status).toBe(302);
    const { notes } = await notesFor(author);
    expect(notes).toMatchObject([{ text: "", removed: { by: expect.stringMatching(/@/) }, canRemove: false }]);
    expect((await rows())[0]?.text).toBe("");
    expect(await audited()).toHaveLength(2);
    expect((await remove(author)).status).toBe(404);
  });

  it("by an administrator, and by nobody else", async () => {
    const { remove } = await aNote();
    const other = await signedIn(db, { role: "finance" });
    expect((await notesFor(other)).notes).toMatchObject([{ canRemove: false }]);
    expect((await remove(other)).status).toBe(409);
    expect((await remove(await signedIn(db, { role: "admin" }))).status).toBe(302);
  });
});

describe("who may write notes", () => {
  it("viewers read them and write none", async () => {
    await add(await signedIn(db), "seen");
    const viewer = await signedIn(db, { role: "viewer" });
    expect((await notesFor(viewer)).notes).toHaveLength(1);
    expect((await notesFor(viewer)).can.note).toBe(false);
    expect((await add(viewer, "mine")).status).toBe(403);
  });

  it("on a payment out of reach it is as if the payment were absent", async () => {
    const elsewhere = await signedIn(db, { businessIds: ["somebody-else"] });
    expect((await add(elsewhere, "hello")).status).toBe(404);
    const merchant = await signedIn(db, { role: "merchant" });
    expect(
      (await send(merchant, { intent: "add-note", noteId: newId("note"), text: "x" }, "?environment=live")).status,
    ).toBe(404);
    expect(await rows()).toEqual([]);
  });

  it("strangers are sent to sign in", async () => {
    const person = await signedIn(db);
    const stranger: Person = (path, params, init) => {
      const args = person(path, params, init);
      args.request.headers.delete("Cookie");
      return args;
    };
    expect((await add(stranger, "hello")).headers.get("Location")).toBe("/sign-in");
  });
});

/** The refusal of a form, as the page gets it. */
async function answer(person: Person, text: string) {
  const response = await add(person, text);
  const { errors, values } = await response.json();
  return { status: response.status, errors, values };
}
