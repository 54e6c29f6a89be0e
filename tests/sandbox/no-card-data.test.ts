import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aSession, openSandbox, type Sandbox, until } from "./sandbox.ts";

const CVN = "8642";
const CARD = "5200000000002151";
// Digits of ids and times may hold the four by chance; a value of its own cannot.
const cvnAlone = new RegExp(`(?<![0-9a-fA-F.-])${CVN}(?![0-9a-fA-F.-])`);

let sandbox: Sandbox;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  sandbox = await openSandbox({ timeScale: 0, file: join(folder, "paydesk.db") });
  sandbox.startSender();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

function everythingWritten(): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("\n");
}

describe("card data", () => {
  it("is in no file after payments, failures, saved cards and refused requests", async () => {
    const told: string[] = [];
    const urls = { success_return_url: "https://a.example/s", failure_return_url: "https://a.example/f" };
    const card = { card_number: CARD, expiry_month: "11", expiry_year: "2034", cvn: CVN };
    for (const button of ["authenticate", "fail"]) {
      const session = aSession({ session_type: "SAVE", amount: 0, cards_session_js: urls });
      const { body } = await sandbox.call("POST", "sessions", session);
      const odd = { billing_information: { card_number: CARD, cvn: CVN, city: "Jakarta" } };
      const step = await sandbox.pay({ ...card, ...odd, payment_session_id: body.payment_session_id });
      await sandbox.press(step.body.action_url, button);
      told.push(JSON.stringify(step.body));
    }
    const paid = await sandbox.call("POST", "sessions", aSession());
    const id = paid.body.payment_session_id;
    for (const bad of [
      { cvn: `${CVN}0` },
      { cvn: CVN, card_number: CARD, expiry_month: CVN },
      { cvn: CVN, confirm_save: CVN },
    ]) {
      told.push(JSON.stringify((await sandbox.pay({ payment_session_id: id, ...bad })).body));
    }
    told.push(JSON.stringify((await sandbox.pay(`{"cvn":"${CVN}",`)).body));
    const step = await sandbox.pay({ cvn: CVN, payment_session_id: id });
    await sandbox.press(step.body.action_url, "authenticate");
    await until(() => sandbox.receiver.hooks.length >= 5);
    told.push(JSON.stringify(sandbox.receiver.hooks));

    const written = everythingWritten();
    expect(written).toContain("520000XXXXXX2151");
    expect(written).not.toContain(CARD);
    expect(written).not.toMatch(cvnAlone);
    expect(told.join("\n")).not.toContain(CARD);
    expect(told.join("\n")).not.toMatch(cvnAlone);
  });

  it("is in no file and no answer when it was typed where it does not belong", async () => {
    const text = `cvn=${CVN} card ${CARD}`;
    const item = {
      reference_id: "i",
      type: "FEE",
      name: text,
      net_unit_amount: 1,
      quantity: 1,
      metadata: { note: text },
    };
    const session = aSession({
      description: text,
      metadata: { cvn: CVN, card_number: CARD, note: `5200 0000 0000 2151`, number: Number(CARD), [`cvn=${CVN}`]: 1 },
      items: [item],
      success_return_url: `https://a.example/?pan=${CARD}&cvn=${CVN}`,
    });
    const created = await sandbox.call("POST", "sessions", session);
    expect(created.body).toMatchObject({ description: "cvn=[masked] card [masked]", metadata: { cvn: "[masked]" } });
    const id = created.body.payment_session_id;
    const billing = { city: CARD, street_line1: `cvv: ${CVN}` };
    const step = await sandbox.pay({ cvn: CVN, payment_session_id: id, billing_information: billing });
    await sandbox.press(step.body.action_url, "authenticate");
    await until(() => sandbox.receiver.hooks.length >= 2);
    const request = step.body.payment_request_id;
    const refund = await sandbox.call("POST", "refunds", {
      payment_request_id: request,
      reason: "OTHERS",
      metadata: { cvn: CVN, note: text },
    });
    expect([created.status, step.status, refund.status]).toEqual([201, 200, 200]);
    const read = [
      await sandbox.call("GET", `sessions/${id}`),
      await sandbox.call("GET", `v3/payment_requests/${request}`),
    ];
    const told = JSON.stringify([created, step, refund, ...read].map(({ body }) => body));
    for (const one of [told, JSON.stringify(sandbox.receiver.hooks), everythingWritten()]) {
      expect(one).not.toMatch(/5200 ?0000 ?0000 ?2151/);
      expect(one).not.toMatch(cvnAlone);
    }
  });

  it("leaves ids, references and times their digits", async () => {
    const kept = { order_id: CARD, at: "1732300000000", at_number: 1732300000000, reference: "7345007929096981703954" };
    const { body } = await sandbox.call("POST", "sessions", aSession({ reference_id: CARD, metadata: kept }));
    expect(body).toMatchObject({ reference_id: CARD, metadata: kept });
  });

  it("would be found if it were written", () => {
    const connection = new Sqlite(join(folder, "other.db"));
    connection.exec(`create table t (v text); insert into t values ('{"cvn":"${CVN}","card_number":"${CARD}"}')`);
    connection.close();
    expect(everythingWritten()).toContain(CARD);
    expect(everythingWritten()).toMatch(cvnAlone);
  });

  it("leaves a fingerprint that is the same for the same card and says nothing about it", async () => {
    const urls = { success_return_url: "https://a.example/s", failure_return_url: "https://a.example/f" };
    const prints = new Set<string>();
    for (const cvn of ["111", "222"]) {
      const session = aSession({ session_type: "SAVE", amount: 0, cards_session_js: urls });
      const { body } = await sandbox.call("POST", "sessions", session);
      const card = { card_number: CARD, expiry_month: "11", expiry_year: "2034", cvn };
      const step = await sandbox.pay({ ...card, payment_session_id: body.payment_session_id });
      const token = await sandbox.call("GET", `v3/payment_tokens/${step.body.payment_token_id}`);
      prints.add(token.body.channel_properties.card_details.fingerprint);
    }
    expect(prints.size).toBe(1);
    expect([...prints][0]).toMatch(/^[0-9a-f]{24}$/);
  });
});
