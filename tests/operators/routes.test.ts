import type { AppLoadContext } from "@remix-run/node";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Role } from "~/db.server.ts";
import { addOperator } from "~/domain/operators/add-operator.server.ts";
import { issueFirstLink } from "~/domain/operators/first-link.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { createSignals } from "~/lib/signals.ts";
import { loader as auditLoader } from "~/routes/audit.tsx";
import { action as operatorsAction, loader as operatorsLoader } from "~/routes/settings.operators.tsx";
import { action as signInAction, loader as signInLoader } from "~/routes/sign-in.tsx";
import { action as firstAction, loader as firstLoader } from "~/routes/sign-in_.first.tsx";
import { action as signOutAction } from "~/routes/sign-out.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

const origin = "http://127.0.0.1:3000";
const password = "a long enough password";
let db: Database;
let context: AppLoadContext;

beforeEach(async () => {
  db = await createTestDatabase();
  const rest = { signals: createSignals(), nonce: "n", requestId: "r", address: "192.0.2.1" };
  context = { db, config: aConfig(), ...rest };
});

type Route = (args: { request: Request; context: AppLoadContext; params: Record<string, string> }) => Promise<unknown>;

/** What a route answers or throws, as status, headers and data. */
async function call(route: Route, path: string, options: { form?: Record<string, string>; cookie?: string } = {}) {
  const request = new Request(origin + path, {
    method: options.form ? "POST" : "GET",
    headers: options.cookie ? { Cookie: options.cookie } : {},
    body: options.form && new URLSearchParams(options.form),
  });
  const answer = await route({ request, context, params: {} }).catch((thrown: unknown) => thrown);
  if (answer instanceof Response) return { status: answer.status, headers: answer.headers, data: await answer.text() };
  const { data, init } = answer as { data?: unknown; init?: ResponseInit | null };
  return { status: init?.status ?? 200, headers: new Headers(init?.headers), data: data ?? answer };
}

interface Limits {
  readonly environments?: readonly Environment[] | null;
  readonly businessIds?: readonly string[] | null;
}

async function add(role: Role, email = `${role}@example.com`, limits: Limits = {}): Promise<string> {
  const access = { role, environments: null, businessIds: null, ...limits };
  const added = await addOperator(db, { email, password, ...access, by: null, now: new Date() });
  return added.ok ? added.value.operatorId : "";
}

async function cookieOf(role: Role): Promise<string> {
  const answer = await call(signInAction, "/sign-in", { form: { email: `${role}@example.com`, password } });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

describe("the sign-in page", () => {
  it("leads to where one was going, and nowhere else", async () => {
    await add("viewer");
    const form = { email: "viewer@example.com", password };
    const to = async (next: string) =>
      (await call(signInAction, `/sign-in?next=${encodeURIComponent(next)}`, { form })).headers.get("Location");
    expect(await to("/payments?eci=05")).toBe("/payments?eci=05");
    expect(await to("https://evil.example/")).toBe("/");
    expect(await to("/\\evil.example")).toBe("/");
  });

  it("says what was wrong without the password in it", async () => {
    await add("viewer");
    const answer = await call(signInAction, "/sign-in", {
      form: { email: "viewer@example.com", password: "wrong one" },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.data).toMatchObject({
      values: { email: "viewer@example.com" },
      errors: { form: expect.any(String) },
    });
    expect(JSON.stringify(answer.data)).not.toContain("wrong one");
  });

  it("answers 429 once there were too many tries", async () => {
    const form = { email: "nobody@example.com", password: "wrong" };
    for (let count = 0; count < 10; count += 1) await call(signInAction, "/sign-in", { form });
    expect((await call(signInAction, "/sign-in", { form })).status).toBe(429);
  });

  it("passes by who is signed in already", async () => {
    await add("viewer");
    const cookie = await cookieOf("viewer");
    const answer = await call(signInLoader, "/sign-in?next=/webhooks", { cookie });
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/webhooks"]);
  });

  it("signs out to itself, and the old cookie opens nothing", async () => {
    await add("admin");
    const cookie = await cookieOf("admin");
    expect((await call(auditLoader, "/audit", { cookie })).status).toBe(200);
    const answer = await call(signOutAction, "/sign-out", { form: {}, cookie });
    expect(answer.headers.get("Location")).toBe("/sign-in");
    expect((await call(auditLoader, "/audit", { cookie })).headers.get("Location")).toBe("/sign-in?next=%2Faudit");
  });
});

describe("the first link's page", () => {
  it("asks, makes the administrator, and is gone", async () => {
    const path = `/sign-in/first?token=${await issueFirstLink(db, new Date())}`;
    expect(await call(firstLoader, path)).toMatchObject({ status: 200, data: { isOpen: true } });
    const short = await call(firstAction, path, { form: { email: "ada@example.com", password: "short" } });
    expect(short).toMatchObject({
      status: 400,
      data: { errors: { password: expect.stringContaining("8 characters") } },
    });
    const made = await call(firstAction, path, { form: { email: "ada@example.com", password } });
    expect([made.status, made.headers.get("Location")]).toEqual([302, "/"]);
    expect(made.headers.getSetCookie().join()).toContain("paydesk-3000=");
    expect(await call(firstLoader, path)).toMatchObject({ status: 410, data: { isOpen: false } });
    expect((await call(firstAction, path, { form: { email: "b@example.com", password } })).status).toBe(410);
  });
});

describe("the operators page", () => {
  const newcomer = { intent: "add", email: "new@example.com", password, role: "viewer", environments: "sandbox" };

  it("is the administrators' alone, forms included", async () => {
    for (const role of ["finance", "support", "merchant", "viewer"] as const) {
      await add(role);
      const cookie = await cookieOf(role);
      expect((await call(operatorsLoader, "/settings/operators", { cookie })).status).toBe(403);
      expect((await call(operatorsAction, "/settings/operators", { cookie, form: newcomer })).status).toBe(403);
      expect((await call(auditLoader, "/audit", { cookie })).status).toBe(403);
    }
    expect((await call(operatorsAction, "/settings/operators", { form: newcomer })).headers.get("Location")).toBe(
      "/sign-in",
    );
    expect(await db.read.select().from(db.tables.operators)).toHaveLength(4);
  });

  it("adds an operator who sees what was ticked, and writes down who did it", async () => {
    await add("admin");
    const cookie = await cookieOf("admin");
    expect((await call(operatorsAction, "/settings/operators", { cookie, form: newcomer })).status).toBe(302);
    const listed = await call(operatorsLoader, "/settings/operators", { cookie });
    expect(listed.data).toMatchObject({
      operators: [{ email: "admin@example.com" }, { email: "new@example.com", environments: ["sandbox"] }],
    });
    expect(JSON.stringify(listed.data)).not.toContain("argon2");
    const { data } = await call(auditLoader, "/audit", { cookie });
    expect(data).toMatchObject({ page: { rows: [{ actor: "admin@example.com", action: "operators:add" }, {}, {}] } });
    expect(JSON.stringify(data)).not.toContain(password);
  });

  it("gives back the form with what is wrong", async () => {
    await add("admin");
    const cookie = await cookieOf("admin");
    const post = (form: Record<string, string>) => call(operatorsAction, "/settings/operators", { cookie, form });
    expect(await post({ ...newcomer, email: "admin@example.com" })).toMatchObject({ status: 409 });
    expect(await post({ ...newcomer, role: "owner" })).toMatchObject({
      status: 400,
      data: { errors: { role: "Choose a role." } },
    });
    const { environments: _, ...without } = newcomer;
    expect(await post(without)).toMatchObject({ status: 400, data: { errors: { environments: expect.any(String) } } });
    expect((await post({ intent: "explode" })).status).toBe(400);
  });

  it.each<[string, Limits]>([
    ["an environment", { environments: ["test"] }],
    ["a business id", { businessIds: ["biz_1"] }],
  ])("keeps an administrator limited to %s from reaching beyond it", async (_what, limits) => {
    const full = await add("admin", "full@example.com");
    const self = await add("admin", "admin@example.com", limits);
    const inside = await add("viewer", "viewer@example.com", { environments: ["test"], businessIds: ["biz_1"] });
    const form = (access: Record<string, string>) => ({
      role: "admin",
      environments: "test",
      businessIds: "biz_1",
      ...access,
    });
    const beyond: Record<string, string> = limits.environments ? { environments: "live" } : { businessIds: "" };
    const post = async (sent: Record<string, string>) => {
      const answer = await call(operatorsAction, "/settings/operators", {
        cookie: await cookieOf("admin"),
        form: sent,
      });
      return [answer.status, (answer.data as { errors?: Record<string, string> }).errors?.form];
    };
    const refused = [409, expect.stringContaining("within your own")];
    const before = await db.read.select().from(db.tables.operators);
    expect(await post({ intent: "access", operatorId: self, ...form(beyond) })).toEqual(refused);
    expect(await post({ intent: "access", operatorId: inside, ...form(beyond) })).toEqual(refused);
    expect(await post({ intent: "access", operatorId: full, ...form({}) })).toEqual(refused);
    expect(await post({ intent: "password", operatorId: full, password: "a stolen password" })).toEqual(refused);
    expect(await post({ intent: "disable", operatorId: full })).toEqual(refused);
    expect(await post({ intent: "add", email: "b@example.com", password, ...form(beyond) })).toEqual(refused);
    expect(await db.read.select().from(db.tables.operators)).toEqual(before);
    expect(await post({ intent: "add", email: "b@example.com", password, ...form({}) })).toEqual([302, undefined]);
    expect(await post({ intent: "password", operatorId: inside, password: "told to them" })).toEqual([302, undefined]);
  });

  it("ends the open sign-ins of whoever it changes", async () => {
    await add("admin");
    await add("support");
    const [admin, support] = [await cookieOf("admin"), await cookieOf("support")];
    const operatorId =
      (await db.read.select().from(db.tables.operators)).find((one) => one.role === "support")?.operatorId ?? "";
    await call(operatorsAction, "/settings/operators", { cookie: admin, form: { intent: "disable", operatorId } });
    expect((await call(operatorsLoader, "/settings/operators", { cookie: support })).status).toBe(302);
    expect((await call(signInAction, "/sign-in", { form: { email: "support@example.com", password } })).status).toBe(
      401,
    );
    await call(operatorsAction, "/settings/operators", { cookie: admin, form: { intent: "enable", operatorId } });
    expect((await call(signInAction, "/sign-in", { form: { email: "support@example.com", password } })).status).toBe(
      302,
    );
  });
});
