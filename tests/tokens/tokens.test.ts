import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../app/db.server.ts";
import { changeOperator } from "../../app/domain/operators/change-operator.server.ts";
import { stillHolds } from "../../app/domain/tokens/require-token.server.ts";
import { newId } from "../../app/lib/ids.ts";
import { action, loader } from "../../app/routes/settings.tokens.tsx";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { aToken } from "../listen/desk.ts";
import { anOperator } from "../replays/desk.ts";
import { createTestDatabase } from "../setup/db.ts";

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const path = "/settings/tokens";
const post = (fields: Record<string, string>) => ({ method: "POST", body: new URLSearchParams(fields) });

/** An action answers with data and a status, which `responseOf` reads from what is thrown. */
const answerOf = (work: Promise<unknown>) => responseOf(work.then((answer) => Promise.reject(answer)));

describe("the page of access tokens", () => {
  it("shows a token once, keeps only its digest, and makes one of a form sent twice", async () => {
    const open = await signedIn(db, { role: "merchant" });
    const form = { intent: "create", tokenId: newId("accessToken"), name: "laptop", lifetime: "30" };
    const made = await answerOf(action(open(path, {}, post(form))));
    expect(made.headers.get("Cache-Control")).toBe("no-store");
    const { token } = await made.json();
    expect(token).toMatch(/^pdk_[\w-]{43}$/);

    const page = await loader(open(path));
    expect(page.own).toMatchObject([{ name: "laptop", state: "works", lastUsedAt: null }]);
    const stored = await db.read.select().from(db.tables.accessTokens);
    expect(JSON.stringify([page, stored])).not.toContain(token);
    expect((await answerOf(action(open(path, {}, post(form))))).status).toBe(409);
    expect((await loader(open(path))).own).toHaveLength(1);
  });

  it("takes no name that is empty and no life without an end", async () => {
    const open = await signedIn(db);
    const form = { intent: "create", tokenId: newId("accessToken"), name: " ", lifetime: "never" };
    const refused = await answerOf(action(open(path, {}, post(form))));
    expect(refused.status).toBe(400);
    expect((await refused.json()).errors).toEqual({ name: "Give it a name.", lifetime: "Choose when it ends." });
  });

  it("lets nobody but an administrator see or revoke another's", async () => {
    const theirs = await aToken(db);
    const form = post({ intent: "revoke", tokenId: theirs.tokenId });
    const merchant = await signedIn(db, { role: "merchant" });
    expect((await loader(merchant(path))).others).toEqual([]);
    expect((await answerOf(action(merchant(path, {}, form)))).status).toBe(409);

    const admin = await signedIn(db);
    expect((await loader(admin(path))).others).toMatchObject([{ email: theirs.email, state: "works" }]);
    expect((await answerOf(action(admin(path, {}, form)))).status).toBe(302);
    expect((await loader(admin(path))).others).toMatchObject([{ state: "revoked" }]);
  });

  it("is closed to viewers", async () => {
    const viewer = await signedIn(db, { role: "viewer" });
    expect((await responseOf(loader(viewer(path)))).status).toBe(403);
  });
});

describe("an access token", () => {
  const holds = (token: string) => {
    const request = new Request("http://desk.test", { headers: { Authorization: `Bearer ${token}` } });
    return stillHolds({ request, context: { db, address: "127.0.0.1" } }, "replays:bulk");
  };

  it("reaches as far as its operator does now", async () => {
    const { token, operatorId } = await aToken(db, { role: "merchant" });
    expect((await holds(token))?.operator.scope.environments).toEqual(["sandbox", "test"]);
    const { operators } = db.tables;
    const narrow = db.read
      .update(operators)
      .set({ environments: ["test"] })
      .where(eq(operators.operatorId, operatorId));
    await db.write([{ query: narrow, rows: 1 }]);
    expect((await holds(token))?.operator.scope.environments).toEqual(["test"]);
  });

  it("dies with its operator, also when they are let in again", async () => {
    const { token, operatorId } = await aToken(db);
    await aToken(db);
    const by = anOperator("operators:write");
    for (const kind of ["disable", "enable"] as const) {
      const changed = await changeOperator(db, { operatorId, change: { kind }, by, now: new Date() });
      expect(changed.ok).toBe(true);
      expect(await holds(token)).toBeNull();
    }
  });
});
