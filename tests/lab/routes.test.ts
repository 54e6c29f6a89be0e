import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { PAYDESK_VERSION } from "~/lib/version.ts";
import * as labRoute from "~/routes/lab._index.tsx";
import * as runRoute from "~/routes/lab.$runId.tsx";
import * as certificateRoute from "~/routes/lab.$runId_.certificate.tsx";
import * as sharedRoute from "~/routes/lab.shared.$shareKey.tsx";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { aLabDestination, aRecorder, play, theRun } from "./lab-desk.ts";

const config = aConfig();
let db: Database;
let endpoint: Awaited<ReturnType<typeof aRecorder>>;
let destinationId: string;

beforeEach(async () => {
  db = await createTestDatabase();
  endpoint = await aRecorder();
  destinationId = await aLabDestination(db, config, endpoint);
});
afterEach(async () => {
  await endpoint.close();
  await db.close();
});

const form = (fields: readonly (readonly [string, string])[]): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
});
const order = () =>
  form([
    ["destinationId", destinationId],
    ["scenarios", "plain"],
    ["scenarios", "wrong_token"],
  ]);

async function aFinishedRun() {
  const run = await play({ db, config }, { destinationId, scenarios: ["plain", "wrong_token"] });
  return { run, params: { runId: run.runId }, path: `/lab/${run.runId}` };
}

describe("who may run the lab", () => {
  it.each([
    ["admin", 302],
    ["merchant", 302],
    ["support", 403],
    ["finance", 403],
    ["viewer", 403],
  ] as const)("%s gets %i", async (role, status) => {
    const ask = await signedIn(db, { role });
    const answer = await responseOf(labRoute.action(ask("/lab", {}, order())));
    expect(answer.status).toBe(status);
    expect(await db.read.select().from(db.tables.labRuns)).toHaveLength(status === 302 ? 1 : 0);
  });

  it("lets whoever reads the sandbox read runs, and nobody else", async () => {
    const { params, path } = await aFinishedRun();
    const viewer = await signedIn(db, { role: "viewer" });
    await expect(runRoute.loader(viewer(path, params))).resolves.toMatchObject({ canRun: false });
    const elsewhere = await signedIn(db, { role: "viewer", environments: ["test"] });
    expect((await responseOf(runRoute.loader(elsewhere(path, params)))).status).toBe(403);
    const shared = await responseOf(certificateRoute.action(viewer(path, params, form([["intent", "share"]]))));
    expect(shared.status).toBe(403);
  });

  it("is not there when the sandbox is off", async () => {
    const ask = await signedIn(db, { config: { sandbox: false } });
    expect((await responseOf(labRoute.loader(ask("/lab")))).status).toBe(404);
    expect(await labRoute.action(ask("/lab", {}, order()))).toMatchObject({
      init: { status: 409 },
      data: { errors: { form: "The sandbox is off, and with it the fault lab." } },
    });
  });

  it("does not offer a business's destination to somebody of another", async () => {
    const { operators } = db.tables;
    const ask = await signedIn(db, { role: "merchant", businessIds: ["another"] });
    const maker = { operatorId: "op_1", email: "ada@example.com", passwordHash: "none", role: "merchant" } as const;
    const limits = { environments: null, businessIds: ["theirs"], preferences: {}, createdAt: 1 };
    await db.write([{ query: db.read.insert(operators).values({ ...maker, ...limits }), rows: 1 }]);
    await expect(labRoute.loader(ask("/lab"))).resolves.toMatchObject({ destinations: [] });
    expect(await labRoute.action(ask("/lab", {}, order()))).toMatchObject({
      init: { status: 409 },
      data: { errors: { destinationId: "This destination is gone. Choose another." } },
    });
  });

  it("shows, cancels and shares no run of a business of others", async () => {
    const { operators } = db.tables;
    const maker = { operatorId: "op_1", email: "ada@example.com", passwordHash: "none", role: "merchant" } as const;
    const limits = { environments: null, businessIds: ["theirs"], preferences: {}, createdAt: 1 };
    await db.write([{ query: db.read.insert(operators).values({ ...maker, ...limits }), rows: 1 }]);
    const { run, params, path } = await aFinishedRun();
    const other = await signedIn(db, { role: "merchant", businessIds: ["another"] });
    await expect(labRoute.loader(other("/lab"))).resolves.toMatchObject({ runs: [] });
    const change = (intent: string) => other(path, params, form([["intent", intent]]));
    for (const asked of [
      runRoute.loader(other(path, params)),
      runRoute.action(change("cancel")),
      certificateRoute.loader(other(path, params)),
      certificateRoute.action(change("share")),
    ]) {
      expect((await responseOf(asked)).status).toBe(404);
    }
    const same = await signedIn(db, { role: "merchant", businessIds: ["theirs"] });
    await expect(labRoute.loader(same("/lab"))).resolves.toMatchObject({ runs: [{ runId: run.runId }] });
    await expect(runRoute.loader(same(path, params))).resolves.toMatchObject({ canRun: true });
  });

  it("tells what is wrong with the form beside its field", async () => {
    const ask = await signedIn(db);
    const empty = form([
      ["destinationId", destinationId],
      ["seed", "-1"],
    ]);
    expect(await labRoute.action(ask("/lab", {}, empty))).toMatchObject({
      init: { status: 400 },
      data: { errors: { scenarios: "Choose at least one scenario.", seed: expect.stringContaining("whole number") } },
    });
  });
});

describe("a shared certificate", () => {
  it("is opened by its link alone, until the link is ended", async () => {
    const { run, params, path } = await aFinishedRun();
    const ask = await signedIn(db);
    await responseOf(certificateRoute.action(ask(path, params, form([["intent", "share"]]))));
    const { shareKey } = await theRun(db, run.runId);
    expect(shareKey).toMatch(/^[\w-]{43}$/);
    const opened = await open(shareKey ?? "");
    expect(opened).toMatchObject({ data: { certificate: { endpoint: run.endpoint, isIntact: true } } });
    expect(new Headers(opened.init?.headers).get("x-robots-tag")).toContain("noindex");

    await responseOf(certificateRoute.action(ask(path, params, form([["intent", "unshare"]]))));
    await expect(open(shareKey ?? "")).rejects.toMatchObject({ status: 404 });
    await responseOf(certificateRoute.action(ask(path, params, form([["intent", "share"]]))));
    expect((await theRun(db, run.runId)).shareKey).not.toBe(shareKey);
  });

  it("tells a stranger the certificate and nothing of the desk", async () => {
    const probeUrl = `${endpoint.origin}/probe?key=probes-own-secret`;
    const run = await play({ db, config }, { destinationId, probeUrl, scenarios: ["plain", "wrong_token"] });
    const ask = await signedIn(db);
    await responseOf(certificateRoute.action(ask("/lab", { runId: run.runId }, form([["intent", "share"]]))));
    const { shareKey } = await theRun(db, run.runId);
    const seen = JSON.stringify((await open(shareKey ?? "")).data);
    expect(seen).toContain(run.runId);
    for (const secret of ["@", "in-the-query", "probes-own-secret", "the-merchants-own-token", destinationId, "op_1"]) {
      expect(seen).not.toContain(secret);
    }
    // Neither what was sent nor what was answered: no Xendit id, no excerpt.
    expect(seen).not.toMatch(/\b(pr|py|ps|cptr)-[0-9a-f]/);
    expect(seen).not.toContain("responseExcerpt");
    expect(seen).not.toContain(shareKey);
  });

  it.each(["", "x", "a".repeat(43), "../certificate", "%"])("is not found under %j", async (shareKey) => {
    await aFinishedRun();
    await expect(open(shareKey)).rejects.toMatchObject({ status: 404 });
  });

  async function open(shareKey: string) {
    const { context, request } = (await signedIn(db))(`/lab/shared/${encodeURIComponent(shareKey)}`);
    const stranger = new Request(request.url);
    return sharedRoute.loader({ request: stranger, context, params: { shareKey } });
  }
});

describe("the version on a certificate", () => {
  it("is that of the package", () => {
    const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8"));
    expect(PAYDESK_VERSION).toBe(manifest.version);
  });
});
