import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { listPage } from "~/domain/lists/list-page.server.ts";
import { parseSessionFilters } from "~/domain/sessions/session-filters.ts";
import { sessionList } from "~/domain/sessions/session-queries.server.ts";
import { parseWebhookFilters } from "~/domain/webhooks/webhook-filters.ts";
import { webhookList } from "~/domain/webhooks/webhook-queries.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { loader as sessionsCsv } from "~/routes/sessions[.]csv.ts";
import { loader as webhooksCsv } from "~/routes/webhooks[.]csv.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { aPaymentRequest, aSession, insertPaymentRequests, insertSessions, NOON } from "../factories/list-rows.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const scope: Scope = { environments: ["sandbox"], businessIds: null };
const url = (search: string) => `http://desk.test/list?${search}`;

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

describe("webhooks", () => {
  const find = async (search: string) => {
    const { filters } = parseWebhookFilters(url(search), { zone: "UTC" });
    return (await listPage(db, scope, webhookList, { ...filters, environment: "sandbox" })).rows;
  };
  let first: string;
  let second: string;
  let stored: string;
  beforeEach(async () => {
    first = (await capture(db, aCapture({ number: 1 }), { receivedAt: NOON })).eventId;
    second = (await capture(db, aCapture({ number: 2, cvn: "N", avs: "Z" }), { receivedAt: NOON + 1 })).eventId;
    stored = (await capture(db, { event: "fva.paid", id: "va-1" }, { receivedAt: NOON + 2 })).eventId;
  });

  it("are listed last received first, with the codes of the event itself", async () => {
    const rows = await find("");
    expect(rows.map(({ eventId }) => eventId)).toEqual([stored, second, first]);
    expect(rows[1]).toMatchObject({ eventType: "payment.capture", state: "processed", cvn: "N", receipts: 1 });
  });

  it("are filtered by state, event, codes and time of arrival", async () => {
    const ids = async (search: string) => (await find(search)).map(({ eventId }) => eventId);
    expect(await ids("status=stored")).toEqual([stored]);
    expect(await ids("type=payment.capture&cvn=N")).toEqual([second]);
    expect(await ids("eci=none")).toEqual([stored]);
    expect(await ids(`to=${new Date(NOON + 1).toISOString()}`)).toEqual([first]);
  });

  it("are found by their own id, their primary id, and whatever leads to their payment", async () => {
    const ids = async (q: string) => (await find(`q=${q}`)).map(({ eventId }) => eventId);
    const { data } = aCapture({ number: 2 });
    expect(await ids(second)).toEqual([second]);
    expect(await ids(data.payment_id)).toEqual([second]);
    expect(await ids(data.payment_request_id)).toEqual([second]);
    expect(await ids(data.captures[0].capture_id)).toEqual([second]);
    expect(await ids("va-1")).toEqual([stored]);
    expect(await ids("nothing")).toEqual([]);
  });

  it("are found by an e-mail address only when all of it is known", async () => {
    const card_details = { cardholder_email: "Jane.Doe@example.com", masked_card_number: "4000XXXXXXXX1091" };
    const body = aCapture({ number: 3, data: { channel_properties: { card_details } } });
    const { eventId } = await capture(db, body, { receivedAt: NOON + 3 });
    const ids = async (q: string) => (await find(`q=${q}`)).map((row) => row.eventId);
    expect(await ids("jane.doe@example.com")).toEqual([eventId]);
    for (const part of ["j", "jane", "jane.doe@", "jane.doe@example.co"]) expect(await ids(part)).toEqual([]);
  });

  it("are exported with one row an event", async () => {
    await capture(db, aCapture({ number: 1 }), { receivedAt: NOON + 9 });
    const args = (await signedIn(db))("/webhooks.csv?type=payment.capture&cvn=M");
    const response = await responseOf(webhooksCsv(args as Parameters<typeof webhooksCsv>[0]));
    const [header, line, end] = (await response.text()).split("\r\n");
    expect(header).toMatch(
      /^event_id,event_type,environment,state,payment_request_id,eci,cvn,avs,receipts,received_at_utc(,|$)/,
    );
    const { payment_request_id } = aCapture({ number: 1 }).data;
    const received = "2026-03-10T12:00:00.000Z";
    expect(
      line?.startsWith(`${first},payment.capture,sandbox,processed,${payment_request_id},05,M,M,2,${received}`),
    ).toBe(true);
    expect(end).toBe("");
  });
});

describe("sessions", () => {
  const find = async (search: string) => {
    const { filters } = parseSessionFilters(url(search), { zone: "UTC" });
    const { rows } = await listPage(db, scope, sessionList, { ...filters, environment: "sandbox" });
    return rows.map(({ paymentSessionId }) => paymentSessionId);
  };
  beforeEach(async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-1", paymentSessionId: "ps-1", response: "51", network: "VISA" }),
    ]);
    await insertSessions(db, [
      aSession({ paymentSessionId: "ps-1", paymentRequestId: "pr-1", eci: "06", createdAt: NOON }),
      aSession({ paymentSessionId: "ps-2", status: "ACTIVE", createdAt: NOON + 1 }),
    ]);
  });

  it("are filtered by the network response of their payment request, which they do not have themselves", async () => {
    expect(await find("")).toEqual(["ps-2", "ps-1"]);
    expect(await find("response=51")).toEqual(["ps-1"]);
    expect(await find("response=none")).toEqual(["ps-2"]);
    expect(await find("response=51&status=ACTIVE")).toEqual([]);
  });

  it("know the card network of their payment request, without which an ECI has two readings", async () => {
    const { filters } = parseSessionFilters(url("eci=06"), { zone: "UTC" });
    const { rows } = await listPage(db, scope, sessionList, { ...filters, environment: "sandbox" });
    expect(rows).toMatchObject([{ paymentSessionId: "ps-1", network: "VISA" }]);
  });

  it("are found by their own id before anything else is known of them", async () => {
    expect(await find("q=ps-2")).toEqual(["ps-2"]);
    expect(await find("q=ps-")).toEqual(["ps-2", "ps-1"]);
  });

  it("are exported too", async () => {
    const args = (await signedIn(db))("/sessions.csv?status=ACTIVE");
    const response = await responseOf(sessionsCsv(args as Parameters<typeof sessionsCsv>[0]));
    const [header, line] = (await response.text()).split("\r\n");
    expect(header).toMatch(/^payment_session_id,payment_request_id,/);
    expect(line).toMatch(/^ps-2,,,sandbox,ACTIVE,IDR,10000\.00,/);
  });
});
