import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { EVIDENCE_LIMITS } from "~/domain/proof/evidence.ts";
import { makeEvidence } from "~/domain/proof/make-evidence.server.ts";
import { redactEvidence } from "~/domain/proof/redact-evidence.ts";
import { action } from "~/routes/payments.$paymentRequestId_.evidence.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const PR = "pr-00000000-0000-4000-8000-000000000001";
const PY = "py-00000000-0000-4000-8000-000000000001";
const person = { card_details: { cardholder_email: "jane@example.com", cardholder_first_name: "Jane" } };
const CAVV = "AAIBBYNoEwAAACcKhAJkdQAAAAA=";

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

async function order(fields: Record<string, string>, who: Parameters<typeof signedIn>[1] = {}, id = PR) {
  const open = await signedIn(db, who);
  const body = new URLSearchParams(fields);
  const init = { method: "POST", body, headers: { Accept: "application/json" } };
  const args = open(`/payments/${id}/evidence`, { paymentRequestId: id }, init);
  return responseOf(action(args as Parameters<typeof action>[0]));
}

async function bundle(fields: Record<string, string> = {}, who: Parameters<typeof signedIn>[1] = {}) {
  const response = await order({ reason: "Dispute 77 of the issuer", ...fields }, who);
  expect(response.status).toBe(200);
  return unzipped(new Uint8Array(await response.arrayBuffer()));
}

function unzipped(zip: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(zip)));
}

function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`${name} is not in ${[...files.keys()].join(", ")}`);
  return Buffer.from(bytes).toString();
}

async function audited() {
  const { auditEntries: table } = db.tables;
  return db.read
    .select({ action: table.action, reason: table.reason, subject: table.subject, environment: table.environment })
    .from(table);
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A payment told by a webhook that came twice, with bytes of its own the second time, and by an answer of the API. */
async function aTold() {
  const body = aCapture({ data: { channel_properties: person } });
  const { eventId } = await capture(db, body, { webhookId: "wh-1" });
  await capture(db, JSON.stringify(body, null, 1), {
    webhookId: "wh-1",
    receivedAt: Date.parse("2026-03-10T12:05:00Z"),
  });
  const answer = Buffer.from(JSON.stringify({ ...body.data, status: "SUCCEEDED" }));
  const receivedAt = Date.parse("2026-03-10T13:00:00Z");
  await db.observe({ environment: "sandbox", source: "api", subject: "payment", bytes: answer, receivedAt });
  return { eventId, body };
}

describe("the evidence bundle", () => {
  it("holds the webhooks, receipts, answers, decoded results, timeline and digests, and says what is what", async () => {
    const { eventId } = await aTold();
    const files = await bundle();
    const names = [...files.keys()];
    expect(names.slice(0, 6)).toEqual([
      "README.txt",
      "proof.html",
      "summary.json",
      "timeline.json",
      "timeline.txt",
      "receipts.csv",
    ]);
    expect(names).toContain(`events/${eventId}.json`);
    expect(names).toContain("api-answers/0001-payment.json");
    expect(names.filter((name) => name.startsWith("receipts/"))).toHaveLength(1);
    expect(names.slice(-3)).toEqual(["bodies.csv", "checks.json", "digests.txt"]);
    expect(textOf(files, "README.txt")).toContain("For              Dispute 77 of the issuer");
    const html = textOf(files, "proof.html");
    expect(html).toContain("Proof of payment");
    expect(html).toContain("@media print");
    expect(html).not.toMatch(/<script|<link|href=|src=/);

    const summary = JSON.parse(textOf(files, "summary.json"));
    expect(summary).toMatchObject({
      payment_request_id: PR,
      environment: "sandbox",
      is_real_money: false,
      is_proof_of_payment: false,
      status: { code: "SUCCEEDED", word: "Paid" },
    });
    const eci = summary.results.find((one: { name: string }) => one.name === "ECI");
    expect(eci).toMatchObject({
      code: "05",
      from: ["W1", "A1"],
      table: { name: expect.any(String) },
      sure: expect.any(Boolean),
    });
    expect(summary.sources[0]).toMatchObject({ ref: "W1", eventId, receivedAtUtc: "2026-03-10T12:00:00.000Z" });
    expect(JSON.parse(textOf(files, "timeline.json")).entries.length).toBeGreaterThan(2);
  });

  it("is downloaded under the payment's id and kept by no cache", async () => {
    await aTold();
    const { headers } = await order({ reason: "for the bank" });
    expect(headers.get("Content-Type")).toBe("application/zip");
    expect(headers.get("Content-Disposition")).toBe(`attachment; filename="evidence-${PR}.zip"`);
    expect(headers.get("Cache-Control")).toBe("no-store");
  });

  it("gives digests of every file but themselves, as sha256sum reads them", async () => {
    await aTold();
    const files = await bundle({ notes: "yes" });
    const lines = textOf(files, "digests.txt").trimEnd().split("\n");
    const told = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
    const others = [...files].filter(([name]) => name !== "digests.txt");
    expect([...told.keys()]).toEqual(others.map(([name]) => name));
    for (const [name, bytes] of others) expect(told.get(name), name).toBe(sha256(bytes));
  });

  it("lists each arrival with its time, kind and own bytes", async () => {
    const { eventId } = await aTold();
    const [header, ...lines] = textOf(await bundle(), "receipts.csv")
      .trimEnd()
      .split("\r\n");
    expect(header).toBe(
      "event_id,receipt_id,received_at_utc,kind,event_type,state,webhook_id,same_content_as,own_bytes,own_sha256",
    );
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      new RegExp(`^${eventId},rct_[^,]+,2026-03-10T12:00:00\\.000Z,first,payment\\.capture,processed,wh-1,,,$`),
    );
    expect(lines[1]).toMatch(/,2026-03-10T12:05:00\.000Z,duplicate,payment\.capture,processed,wh-1,,\d+,[0-9a-f]{64}$/);
  });

  it("has no cell a spreadsheet would run", async () => {
    await capture(db, aCapture(), { webhookId: '=HYPERLINK("http://evil")' });
    const csv = textOf(await bundle(), "receipts.csv");
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
  });

  it("names the checks with Xendit and, when asked to, the notes", async () => {
    await aTold();
    const { checks, notes } = db.tables;
    const who = { environment: "sandbox", paymentRequestId: PR, operatorId: "op_1" } as const;
    const answer = { subject: "payment", id: PY, status: 500, errorCode: "SERVER_ERROR", requestId: null } as const;
    const answers = [
      { ...answer, message: "mail jane@example.com", latencyMs: 9, observationId: null, observed: null },
    ];
    const written = await db.write([
      {
        query: db.read
          .insert(checks)
          .values({ ...who, checkId: "chk_1", askedId: PR, askedBy: "ann@desk.test", at: 5, answers }),
        rows: 1,
      },
      {
        query: db.read
          .insert(notes)
          .values({ ...who, noteId: "nte_1", author: "ann@desk.test", text: "Called bob@example.com", at: 5 }),
        rows: 1,
      },
      {
        query: db.read
          .insert(notes)
          .values({ ...who, noteId: "nte_2", author: "ann@desk.test", text: "Taken back", at: 6, removedAt: 7 }),
        rows: 1,
      },
    ]);
    expect(written.ok).toBe(true);
    const files = await bundle();
    expect(JSON.parse(textOf(files, "checks.json"))).toEqual([
      expect.objectContaining({
        checkId: "chk_1",
        askedBy: "ann@desk.test",
        answers: [expect.objectContaining({ errorCode: "SERVER_ERROR", message: "mail j•••@example.com" })],
      }),
    ]);
    expect(files.has("notes.txt")).toBe(false);
    expect([...files].some(([, bytes]) => Buffer.from(bytes).includes("Called"))).toBe(false);
    const withNotes = textOf(await bundle({ notes: "yes" }), "notes.txt");
    expect(withNotes).toContain("Called b•••@example.com");
    expect(withNotes).not.toContain("Taken back");
  });
});

describe("personal data in the bundle", () => {
  it("is replaced, with the CAVV, while the digest of the stored bytes is given", async () => {
    const { eventId, body } = await aTold();
    const files = await bundle();
    for (const [name, bytes] of files) {
      expect(Buffer.from(bytes).toString(), name).not.toMatch(/jane@|"Jane"/);
      expect(Buffer.from(bytes).toString(), name).not.toContain(CAVV);
    }
    expect(textOf(files, `events/${eventId}.json`)).toContain('"cardholder_first_name":"[redacted]"');
    const line = textOf(files, "bodies.csv")
      .split("\r\n")
      .find((one) => one.startsWith(`events/${eventId}`));
    expect(line).toContain(sha256(Buffer.from(JSON.stringify(body))));
    expect(line).toContain("no: values replaced");
    expect(textOf(files, "README.txt")).toContain("are replaced by [redacted]");
  });

  it("is there byte for byte for whoever may see it, asks for it and says why, and both are written down", async () => {
    const { eventId, body } = await aTold();
    const files = await bundle({ personal: "yes" }, { role: "support" });
    expect(textOf(files, `events/${eventId}.json`)).toBe(JSON.stringify(body));
    expect(textOf(files, "bodies.csv")).not.toContain("no:");
    expect(textOf(files, "README.txt")).toContain("are included in the bodies");
    const entry = { reason: "Dispute 77 of the issuer", subject: PR, environment: "sandbox" };
    expect(await audited()).toEqual([
      { action: "export:evidence", ...entry },
      { action: "pii:reveal", ...entry },
    ]);
  });

  it("is refused to a role that may not reveal it, and nothing is made", async () => {
    await aTold();
    const response = await order({ reason: "curious", personal: "yes" }, { role: "finance" });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ errors: { personal: "Your role may not include personal data" } });
    expect(await audited()).toEqual([]);
  });

  it("is hidden behind escapes too", async () => {
    const nested = { nested: JSON.stringify({ authentication_value: CAVV, email: "jane@example.com" }) };
    const { eventId } = await capture(db, aCapture({ data: { metadata: nested } }));
    const text = textOf(await bundle(), `events/${eventId}.json`);
    expect(text).not.toContain(CAVV);
    expect(text).not.toContain("jane@");
    expect(() => JSON.parse(JSON.parse(text).data.metadata.nested)).not.toThrow();
  });

  it("is hidden whatever of its base64 is escaped, however many backslashes stand beside it", () => {
    const escaped = String.raw`{"cavv":"AAABBWcS\/0\u003d","eci":"05"}`;
    expect(redactEvidence(escaped)).toBe('{"cavv":"[redacted]","eci":"05"}');
    const run = "\\".repeat(256 * 1024);
    expect(redactEvidence(`{"a":"${run}","cavv":"AAAB"}`)).toBe(`{"a":"${run}","cavv":"[redacted]"}`);
  });
});

describe("who gets a bundle", () => {
  it("says what it is for first", async () => {
    await aTold();
    for (const reason of ["", "  ", "ab", "x".repeat(301)]) {
      const response = await order({ reason });
      expect(response.status).toBe(400);
      expect((await response.json()).errors.reason).toMatch(/Say what|At most/);
    }
    expect((await order({})).status).toBe(400);
    expect(await audited()).toEqual([]);
  });

  it("is no viewer, and nobody outside the scope: absent and foreign answer alike", async () => {
    await aTold();
    expect((await order({ reason: "for the bank" }, { role: "viewer" })).status).toBe(403);
    const foreign = await order({ reason: "for the bank" }, { businessIds: ["another"] });
    const elsewhere = await order({ reason: "for the bank" }, { environments: ["live"] });
    const absent = await order({ reason: "for the bank" }, {}, "pr-nowhere");
    expect([foreign.status, elsewhere.status, absent.status]).toEqual([404, 404, 404]);
    expect(await foreign.text()).toBe(await absent.text());
    expect((await order({ reason: "for the bank", environment: "live" })).status).toBe(404);
    expect((await order({ reason: "for the bank", environment: "prod" })).status).toBe(400);
    expect(await audited()).toEqual([]);
  });

  it("gets no webhook and no answer of another business that names the same payment", async () => {
    const own = aCapture();
    const { eventId } = await capture(db, own, { webhookId: "wh-1" });
    const foreign = { ...aCapture({ eci: "07" }), business_id: "biz-2" };
    const other = { ...foreign, data: { ...foreign.data, business_id: "biz-2" } };
    const taken = await capture(db, other, { webhookId: "wh-2" });
    const bytes = Buffer.from(JSON.stringify(other.data));
    await db.observe({ environment: "sandbox", source: "api", subject: "payment", bytes, receivedAt: 9 });
    const { paymentRequests } = db.tables;
    const [request] = await db.read.select({ businessId: paymentRequests.businessId }).from(paymentRequests);
    const seen = await bundle({}, { businessIds: [request?.businessId ?? ""] });
    const mine = request?.businessId === "biz-2" ? taken.eventId : eventId;
    const theirs = request?.businessId === "biz-2" ? eventId : taken.eventId;
    expect(seen.has(`events/${mine}.json`)).toBe(true);
    for (const [name, file] of seen) {
      expect(name).not.toContain(theirs);
      expect(Buffer.from(file).includes(theirs), name).toBe(false);
    }
    expect([...seen.keys()].some((name) => name.startsWith("api-answers/"))).toBe(request?.businessId === "biz-2");
  });

  it("is told when there is too much, and nothing is cut", async () => {
    await aTold();
    const { bodies } = db.tables;
    await db.write([{ query: db.read.update(bodies).set({ size: EVIDENCE_LIMITS.bytes }), rows: "any" }]);
    const response = await order({ reason: "for the bank" });
    expect(response.status).toBe(413);
    expect((await response.json()).errors.form).toContain("more than 100 MB");
    expect(await audited()).toEqual([]);
  });
});

describe("two bundles of one payment", () => {
  const made = async (now: Date, zone = "Asia/Jakarta") => {
    const operator = {
      operatorId: "op_1",
      email: "ann@desk.test",
      scope: { environments: ["sandbox"], businessIds: null },
      can: () => true,
    } as const;
    const options = {
      includePersonal: false,
      includeNotes: true,
      zone,
      now,
      environment: null,
      reason: "for the bank",
    };
    const outcome = await makeEvidence(db, { paymentRequestId: PR, operator, ...options, drawProof: () => "<html>" });
    if (!outcome.ok) throw new Error(outcome.refusal);
    return Buffer.from(await new Response(outcome.stream).arrayBuffer());
  };
  const now = new Date("2026-03-11T09:00:00Z");
  const zoneBefore = process.env.TZ;
  afterEach(() => {
    process.env.TZ = zoneBefore;
  });

  it("are the same to the byte when made at the same instant, wherever the process runs", async () => {
    await aTold();
    process.env.TZ = "Asia/Tokyo";
    const first = await made(now);
    process.env.TZ = "America/New_York";
    const second = await made(now);
    expect(first.equals(second)).toBe(true);
  });

  it("differ in nothing but the stated creation time when made at two", async () => {
    await aTold();
    const first = unzipped(await made(now));
    const later = unzipped(await made(new Date("2026-03-11T10:00:00Z")));
    const differing = [...first].filter(([name, bytes]) => !Buffer.from(bytes).equals(later.get(name) ?? Buffer.of()));
    expect(differing.map(([name]) => name)).toEqual(["README.txt", "summary.json", "digests.txt"]);
    const stated = /2026-03-11[T ]\d\d:00:00\.000/g;
    expect(textOf(first, "README.txt").replace(stated, "")).toBe(textOf(later, "README.txt").replace(stated, ""));
  });
});

describe("other people's tools", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it.skipIf(!has("sha256sum"))(
    "sha256sum -c finds every file as it was, and notices one that was changed",
    async () => {
      await aTold();
      const folder = mkdtempSync(join(tmpdir(), "paydesk-evidence-"));
      folders.push(folder);
      for (const [name, bytes] of await bundle()) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      const check = () => execFileSync("sha256sum", ["-c", "digests.txt"], { cwd: folder, stdio: "pipe" }).toString();
      expect(
        check()
          .trimEnd()
          .split("\n")
          .every((line) => line.endsWith(": OK")),
      ).toBe(true);
      writeFileSync(join(folder, "summary.json"), "{}");
      expect(check).toThrow();
    },
  );

  it.skipIf(!has("python3"))("an independent reader finds the zip whole", async () => {
    await aTold();
    const response = await order({ reason: "for the bank" });
    const folder = mkdtempSync(join(tmpdir(), "paydesk-evidence-"));
    folders.push(folder);
    writeFileSync(join(folder, "e.zip"), new Uint8Array(await response.arrayBuffer()));
    const script = "import zipfile; z = zipfile.ZipFile('e.zip'); print(z.testzip(), len(z.namelist()))";
    const said = execFileSync("python3", ["-c", script], { cwd: folder }).toString();
    expect(said).toMatch(/^None 1\d\n$/);
  });
});

function has(tool: string): boolean {
  try {
    execFileSync(tool, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
