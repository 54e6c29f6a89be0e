import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { addOperator, createFirstAdministrator } from "~/domain/operators/add-operator.server.ts";
import { changeOperator } from "~/domain/operators/change-operator.server.ts";
import { isFirstLinkOpen, issueFirstLink } from "~/domain/operators/first-link.server.ts";
import { operatorFor } from "~/domain/operators/operator.ts";
import { ABSOLUTE_MS, endSession, findSignedIn, IDLE_MS } from "~/domain/operators/operator-session.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { MAX_FAILURES, signIn } from "~/domain/operators/sign-in.server.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

const config = aConfig();
const now = new Date("2026-03-31T08:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const MINUTE = 60_000;
const ada = { email: "Ada@Example.com", password: "a long enough password" };

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

async function addAda(limits: Partial<Parameters<typeof addOperator>[1]> = {}): Promise<string> {
  const access = { role: "admin", environments: null, businessIds: null } as const;
  const added = await addOperator(db, { ...ada, ...access, by: null, now, ...limits });
  if (!added.ok) throw new Error(added.refusal);
  return added.value.operatorId;
}

const trySignIn = (overrides: Partial<Parameters<typeof signIn>[2]> = {}) =>
  signIn(db, config, { ...ada, address: "192.0.2.1", now, ...overrides });

/** A request that carries the cookie as a browser would. */
function requestWith(setCookie: string, url = "http://127.0.0.1:3000/"): Request {
  return new Request(url, { headers: { Cookie: `other=1; ${setCookie.split(";")[0]}` } });
}

async function signedInRequest(): Promise<Request> {
  const result = await trySignIn();
  if (!result.ok) throw new Error(result.refusal);
  return requestWith(result.value.cookie);
}

describe("signing in", () => {
  it("works with the right password, whatever the case of the e-mail", async () => {
    await addAda();
    const result = await trySignIn({ email: " ADA@example.COM " });
    expect(result.ok).toBe(true);
  });

  it("gives the same answer for a wrong password, an unknown e-mail and a disabled operator", async () => {
    const operatorId = await addAda();
    await addAda({ email: "other@example.com" });
    const wrong = await trySignIn({ password: "not the password" });
    const unknown = await trySignIn({ email: "nobody@example.com" });
    await disable(operatorId);
    const disabled = await trySignIn();
    expect([wrong, unknown, disabled]).toEqual(Array(3).fill({ ok: false, refusal: "wrong", detail: undefined }));
  });

  it("stores neither the password nor the token", async () => {
    await addAda();
    const result = await trySignIn();
    const rows = JSON.stringify([
      await db.read.select().from(db.tables.operators),
      await db.read.select().from(db.tables.operatorSessions),
      await db.read.select().from(db.tables.auditEntries),
    ]);
    expect(rows).toContain("$argon2id$");
    expect(rows).not.toContain(ada.password);
    const token = result.ok && /=([^;]+)/.exec(result.value.cookie)?.[1];
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(rows).not.toContain(token);
  });

  it("hands out a cookie that scripts cannot read and other sites' forms do not carry", async () => {
    await addAda();
    const plain = await trySignIn();
    const secure = await signIn(
      db,
      { ...config, publicUrl: "https://paydesk.example" },
      { ...ada, address: "192.0.2.1", now },
    );
    expect(plain.ok && plain.value.cookie).toMatch(
      /^paydesk-3000=.+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/,
    );
    expect(secure.ok && secure.value.cookie).toMatch(
      /^__Host-paydesk=.+; Path=\/; HttpOnly; SameSite=Lax; .*; Secure$/,
    );
  });

  it("refuses even the right password after too many wrong ones for an e-mail, until the window has passed", async () => {
    await addAda();
    for (let count = 0; count < MAX_FAILURES.email; count += 1) {
      await trySignIn({ password: "wrong", address: `192.0.2.${count}` });
    }
    expect(await trySignIn({ address: "198.51.100.1" })).toMatchObject({ refusal: "throttled" });
    expect(await trySignIn({ now: later(14 * MINUTE) })).toMatchObject({ refusal: "throttled" });
    // Refused tries were not counted, so that nobody can keep somebody else out for ever.
    expect(await trySignIn({ now: later(15 * MINUTE + 1) })).toMatchObject({ ok: true });
  });

  it("throttles an e-mail that nobody has in the same way", async () => {
    const nobody = { email: "nobody@example.com" };
    for (let count = 0; count < MAX_FAILURES.email; count += 1) await trySignIn(nobody);
    expect(await trySignIn(nobody)).toMatchObject({ refusal: "throttled" });
  });

  it("throttles an address that tries many e-mails", async () => {
    await addAda();
    const { signInFailures } = db.tables;
    const failures = Array.from({ length: MAX_FAILURES.address }, (_, index) => ({
      email: `user${index}@example.com`,
      address: "192.0.2.1",
      failedAt: now.getTime() - MINUTE,
    }));
    await db.write([{ query: db.read.insert(signInFailures).values(failures), rows: failures.length }]);
    expect(await trySignIn()).toMatchObject({ refusal: "throttled" });
    expect(await trySignIn({ address: "198.51.100.1" })).toMatchObject({ ok: true });
  });

  it("lets no burst of tries at once past the limit", async () => {
    await addAda();
    const burst = Array.from({ length: 30 }, () => trySignIn({ password: "wrong" }));
    const looked = (await Promise.all(burst)).filter((result) => !result.ok && result.refusal === "wrong");
    expect(looked.length).toBeLessThanOrEqual(MAX_FAILURES.email);
  });

  it("forgets failures once the right password came", async () => {
    await addAda();
    await trySignIn({ password: "wrong" });
    await trySignIn();
    expect(await db.read.select().from(db.tables.signInFailures)).toEqual([]);
  });
});

describe("a sign-in", () => {
  it("ends after 12 idle hours", async () => {
    await addAda();
    const request = await signedInRequest();
    expect(await findSignedIn(db, config, { request, now: later(IDLE_MS - 1) })).toMatchObject({ role: "admin" });
    // Having been seen just now, it lives on …
    expect(await findSignedIn(db, config, { request, now: later(2 * IDLE_MS - 2) })).not.toBeNull();
    // … and not having been seen, it does not.
    expect(await findSignedIn(db, config, { request, now: later(3 * IDLE_MS) })).toBeNull();
  });

  it("ends after 7 days, however busy", async () => {
    await addAda();
    const request = await signedInRequest();
    for (let at = IDLE_MS / 2; at < ABSOLUTE_MS; at += IDLE_MS / 2) {
      expect(await findSignedIn(db, config, { request, now: later(at) })).not.toBeNull();
    }
    expect(await findSignedIn(db, config, { request, now: later(ABSOLUTE_MS) })).toBeNull();
  });

  it("ends by signing out, on the server and not only in the browser", async () => {
    await addAda();
    const request = await signedInRequest();
    expect(await endSession(db, config, request)).toMatch(/^paydesk-3000=; .*Max-Age=0/);
    expect(await findSignedIn(db, config, { request, now })).toBeNull();
  });

  it("ends for everybody when the session secret changes", async () => {
    await addAda();
    const request = await signedInRequest();
    const changed = { ...config, sessionSecret: "another secret, just as long as it" };
    expect(await findSignedIn(db, changed, { request, now })).toBeNull();
  });

  it("ends at once when its operator is disabled", async () => {
    const operatorId = await addAda();
    await addAda({ email: "other@example.com" });
    const request = await signedInRequest();
    await disable(operatorId);
    expect(await findSignedIn(db, config, { request, now })).toBeNull();
  });

  it("is not made by a made-up cookie", async () => {
    await addAda();
    for (const value of ["", "x", "a".repeat(43), "%00"]) {
      const request = requestWith(`paydesk-3000=${value}; Path=/`);
      expect(await findSignedIn(db, config, { request, now })).toBeNull();
    }
  });
});

describe("a page behind the door", () => {
  it("sends a stranger to sign in and remembers where they were going", async () => {
    const request = new Request("http://127.0.0.1:3000/payments?eci=05");
    const thrown = await requireOperator({ request, context: { db, config } }, "payments:read").catch((error) => error);
    expect(thrown.status).toBe(302);
    expect(thrown.headers.get("Location")).toBe("/sign-in?next=%2Fpayments%3Feci%3D05");
  });

  it("answers 403 to an operator whose role does not hold the permission", async () => {
    await addAda({ role: "viewer" });
    const result = await signIn(db, config, { ...ada, address: "192.0.2.1", now: new Date() });
    const request = requestWith(result.ok ? result.value.cookie : "");
    const context = { db, config };
    const operator = await requireOperator({ request, context }, "payments:read");
    expect(operator).toMatchObject({ email: "ada@example.com", scope: { environments: ["sandbox", "test", "live"] } });
    const thrown = await requireOperator({ request, context }, "operators:write").catch((error) => error);
    expect(thrown.status).toBe(403);
  });
});

describe("the first link", () => {
  const first = { email: "first@example.com", password: "a long enough password" };

  it("makes one administrator, signed in, and is spent", async () => {
    const token = (await issueFirstLink(db, now)) ?? "";
    const made = await createFirstAdministrator(db, config, { ...first, token, now });
    expect(made.ok && (await findSignedIn(db, config, { request: requestWith(made.value.cookie), now }))).toMatchObject(
      {
        email: "first@example.com",
        role: "admin",
      },
    );
    const again = await createFirstAdministrator(db, config, { ...first, email: "b@example.com", token, now });
    expect(again).toMatchObject({ ok: false, refusal: "link_void" });
    expect(await db.read.select().from(db.tables.operators)).toHaveLength(1);
  });

  it("makes one administrator even when two people post it at once", async () => {
    const token = (await issueFirstLink(db, now)) ?? "";
    const posts = ["a@example.com", "b@example.com"].map((email) =>
      createFirstAdministrator(db, config, { ...first, email, token, now }),
    );
    const made = (await Promise.all(posts)).filter((result) => result.ok);
    expect(made).toHaveLength(1);
    expect(await db.read.select().from(db.tables.operators)).toHaveLength(1);
  });

  it("is void once any operator exists, however they came to be", async () => {
    const token = (await issueFirstLink(db, now)) ?? "";
    await addAda();
    expect(await isFirstLinkOpen(db, { token, now })).toBe(false);
    expect(await createFirstAdministrator(db, config, { ...first, token, now })).toMatchObject({ ok: false });
    expect(await issueFirstLink(db, now)).toBeNull();
  });

  it("works for 60 minutes, and looking at it does not spend it", async () => {
    const token = (await issueFirstLink(db, now)) ?? "";
    expect(await isFirstLinkOpen(db, { token, now: later(59 * MINUTE) })).toBe(true);
    expect(await isFirstLinkOpen(db, { token, now: later(60 * MINUTE) })).toBe(false);
    expect(await createFirstAdministrator(db, config, { ...first, token, now: later(60 * MINUTE) })).toMatchObject({
      ok: false,
    });
  });

  it("is replaced by the next start's, and kept only as a digest", async () => {
    const before = (await issueFirstLink(db, now)) ?? "";
    const token = (await issueFirstLink(db, now)) ?? "";
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await isFirstLinkOpen(db, { token: before, now })).toBe(false);
    expect(await isFirstLinkOpen(db, { token, now })).toBe(true);
    expect(JSON.stringify(await db.read.select().from(db.tables.firstLinks))).not.toContain(token);
  });

  it("does not open for a made-up token", async () => {
    await issueFirstLink(db, now);
    for (const token of ["", "x", "a".repeat(43)]) expect(await isFirstLinkOpen(db, { token, now })).toBe(false);
  });
});

describe("operators", () => {
  it("have one e-mail each", async () => {
    await addAda();
    const access = { role: "viewer", environments: null, businessIds: null } as const;
    const again = await addOperator(db, { ...ada, email: "ada@EXAMPLE.com", ...access, by: null, now });
    expect(again).toMatchObject({ ok: false, refusal: "email_taken" });
    // What was not done is not in the audit either.
    expect(await db.read.select().from(db.tables.auditEntries)).toHaveLength(1);
  });

  it("always include an administrator who can sign in", async () => {
    const operatorId = await addAda();
    const demote = { kind: "access", role: "viewer", environments: null, businessIds: null } as const;
    expect(await disable(operatorId)).toMatchObject({ ok: false, refusal: "not_changed" });
    expect(await change(operatorId, demote)).toMatchObject({ ok: false });
    const otherId = await addAda({ email: "other@example.com" });
    expect(await disable(otherId)).toMatchObject({ ok: true });
    // A disabled administrator does not count.
    expect(await change(operatorId, demote)).toMatchObject({ ok: false });
  });

  it("are changed with an audit entry that names no password", async () => {
    const operatorId = await addAda();
    await change(operatorId, { kind: "password", password: "another long password" });
    expect(await trySignIn()).toMatchObject({ ok: false });
    expect(await trySignIn({ password: "another long password" })).toMatchObject({ ok: true });
    const { auditEntries } = db.tables;
    const [entry] = await db.read.select().from(auditEntries).where(eq(auditEntries.action, "operators:password"));
    expect(entry).toMatchObject({ subject: operatorId, actor: "boss@example.com", detail: {} });
  });
});

function change(operatorId: string, what: Parameters<typeof changeOperator>[1]["change"]) {
  const stored = { operatorId: "op_boss", email: "boss@example.com", role: "admin", preferences: {} } as const;
  const by = operatorFor({ ...stored, environments: null, businessIds: null }, "operators:write");
  return changeOperator(db, { operatorId, change: what, by, now });
}

function disable(operatorId: string) {
  return change(operatorId, { kind: "disable" });
}
