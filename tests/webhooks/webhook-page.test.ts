import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { findWebhook } from "~/domain/webhooks/find-webhook.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { loader as download } from "~/routes/webhooks.$eventId.body.ts";
import { action } from "~/routes/webhooks.$eventId.tsx";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const person = { card_details: { cardholder_email: "jane@example.com", cardholder_first_name: "Jane" } };

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

async function audited() {
  const { auditEntries } = db.tables;
  return db.read.select({ action: auditEntries.action, reason: auditEntries.reason }).from(auditEntries);
}

describe("a webhook", () => {
  it("shows its body character for character, spaces and digits as they came", async () => {
    const text = '{ "event" : "something.else",\r\n\t"amount": 10000.00, "name":"\\u00e9 é ✓" }';
    const { eventId } = await capture(db, text);
    const detail = await findWebhook(db, everything, eventId);
    expect(detail?.body).toEqual({
      text,
      hasPersonal: false,
      size: Buffer.byteLength(text),
      isText: true,
      base64: null,
    });
  });

  it("shows that bytes are no text instead of pretending", async () => {
    const { eventId } = await capture(db, Uint8Array.of(0xff, 0x00, 0x41));
    const detail = await findWebhook(db, everything, eventId);
    expect(detail?.body).toMatchObject({ isText: false, size: 3, base64: "/wBB" });
    expect(detail?.event).toMatchObject({ state: "quarantined", reason: "not_json" });
  });

  it("gives no bytes in which an address could be read", async () => {
    const { eventId } = await capture(db, Buffer.from('\ufeff{"to":"jane@example.com"}', "utf16le"));
    const detail = await findWebhook(db, everything, eventId);
    expect(detail?.body).toMatchObject({ isText: false, hasPersonal: true, base64: null });
  });

  it("names state and reason, its key, its receipts and the payment it became part of", async () => {
    const { eventId } = await capture(db, aCapture(), { webhookId: "wh-1" });
    await capture(db, aCapture(), { webhookId: "wh-1" });
    const detail = await findWebhook(db, everything, eventId);
    expect(detail?.event).toMatchObject({ state: "processed", webhookId: "wh-1", tokenLabel: "main", receipts: 2 });
    expect(detail?.receipts.map(({ kind }) => kind)).toEqual(["first", "duplicate"]);
    expect(detail?.payment).toMatchObject({ status: "SUCCEEDED", amountMinor: 1_000_000 });
    expect(detail?.sameKey).toEqual([]);
  });

  it("stands beside the events of its key that contradict it", async () => {
    const { eventId } = await capture(db, aCapture({ cvn: "M" }), { webhookId: "wh-1" });
    const { eventId: other } = await capture(db, aCapture({ cvn: "N" }), { webhookId: "wh-1" });
    const detail = await findWebhook(db, everything, eventId);
    expect(detail?.event.state).toBe("conflict");
    expect(detail?.sameKey).toMatchObject([{ eventId: other, cvn: "N", state: "conflict" }]);
    expect(detail?.sameKey[0]?.differences).toMatchObject([
      { path: "data.payment_details.authorization_data.cvn_verification_result", left: '"M"', right: '"N"' },
    ]);
  });

  it("does not stand beside another business's events, nor show its payment", async () => {
    const own = aCapture();
    const { eventId } = await capture(db, own, { webhookId: "wh-1" });
    const { eventId: other } = await capture(
      db,
      { ...own, data: { ...own.data, business_id: "biz-2" } },
      { webhookId: "wh-1" },
    );
    const find = (id: string, businessIds: readonly string[] | null) =>
      findWebhook(db, { ...everything, businessIds }, id);
    expect((await find(eventId, null))?.sameKey).toMatchObject([{ eventId: other }]);
    expect((await find(eventId, [own.business_id]))?.sameKey).toEqual([]);
    // The payment is of one of them; which one is the fold's business.
    const shown = [await find(eventId, [own.business_id]), await find(other, ["biz-2"])].map((one) => one?.payment);
    expect(shown.filter((payment) => payment === null)).toHaveLength(1);
    expect(shown.filter((payment) => payment?.status === "SUCCEEDED")).toHaveLength(1);
  });

  it("is absent outside the scope", async () => {
    const { eventId } = await capture(db, aCapture());
    expect(await findWebhook(db, { environments: ["live"], businessIds: null }, eventId)).toBeNull();
    expect(await findWebhook(db, { environments: ["sandbox"], businessIds: ["other"] }, eventId)).toBeNull();
    expect(await findWebhook(db, { environments: [], businessIds: null }, eventId)).toBeNull();
  });
});

describe("personal data", () => {
  async function aPersonalEvent() {
    return (await capture(db, aCapture({ data: { channel_properties: person } }))).eventId;
  }
  const reveal = async (eventId: string, reason: string, who: Parameters<typeof signedIn>[1] = {}) => {
    const open = await signedIn(db, who);
    const body = new URLSearchParams({ intent: "reveal", reason });
    const args = open(`/webhooks/${eventId}`, { eventId }, { method: "POST", body });
    return action(args as Parameters<typeof action>[0]);
  };

  it("is replaced, and nothing else is", async () => {
    const eventId = await aPersonalEvent();
    const detail = await findWebhook(db, everything, eventId);
    expect(detail?.body.hasPersonal).toBe(true);
    expect(detail?.body.text).not.toMatch(/jane/i);
    expect(detail?.body.text).toContain('"cardholder_first_name":"[redacted]"');
    expect(detail?.body.text).toContain('"reference_id":"97ba0a32');
  });

  it("is shown to whoever may see it and says why, and both are written down", async () => {
    const eventId = await aPersonalEvent();
    const answer = await reveal(eventId, "Shopper called about order 77");
    expect(answer.data).toMatchObject({ text: expect.stringContaining("jane@example.com") });
    expect(await audited()).toEqual([{ action: "pii:reveal", reason: "Shopper called about order 77" }]);
  });

  it("stays hidden without a reason or without the permission", async () => {
    const eventId = await aPersonalEvent();
    expect((await reveal(eventId, " ")).data).toEqual({ error: "Say why, in a few words" });
    const refused = await responseOf(reveal(eventId, "curious", { role: "finance" }));
    expect(refused.status).toBe(403);
    expect(await audited()).toEqual([]);
  });
});

describe("the download of a body", () => {
  const get = async (eventId: string, who: Parameters<typeof signedIn>[1] = {}) => {
    const open = await signedIn(db, who);
    return responseOf(download(open(`/webhooks/${eventId}/body`, { eventId }) as Parameters<typeof download>[0]));
  };

  it("is the stored bytes, and nothing a browser would draw", async () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0x3c, 0x62, 0x3e);
    const { eventId } = await capture(db, bytes);
    const response = await get(eventId, { role: "viewer" });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(response.headers.get("Content-Type")).toBe("application/octet-stream");
    expect(response.headers.get("Content-Disposition")).toMatch(/^attachment/);
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it("needs the permission when personal data is in it, and leaves a trace", async () => {
    const { eventId } = await capture(db, aCapture({ data: { channel_properties: person } }));
    expect((await get(eventId, { role: "viewer" })).status).toBe(403);
    expect(await audited()).toEqual([]);
    expect(await (await get(eventId, { role: "support" })).text()).toContain("jane@example.com");
    expect(await audited()).toHaveLength(1);
  });

  it("is not there for somebody else's event", async () => {
    const { eventId } = await capture(db, aCapture(), { environment: "live" });
    expect((await get(eventId, { role: "merchant" })).status).toBe(404);
  });
});
