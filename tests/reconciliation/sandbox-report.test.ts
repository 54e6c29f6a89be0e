import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { loader } from "~/routes/reconciliation.sandbox-report.ts";
import { ensureSandboxKeys } from "~/sandbox/keys.server.ts";
import { aPaymentRequest } from "../factories/list-rows.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { makeSales } from "./planted-sales.ts";
import { projectionOf } from "./sale-projection.ts";

let db: Database;
let server: Server;
let internalUrl: string;
const asked: { url: URL; authorization: string }[] = [];
let answer = { status: 200, body: "Status,Type\r\n" };

beforeEach(async () => {
  db = await createTestDatabase();
  asked.length = 0;
  answer = { status: 200, body: "Status,Type\r\n" };
  server = createServer((request, response) => {
    asked.push({
      url: new URL(request.url ?? "", "http://sandbox.test"),
      authorization: request.headers.authorization ?? "",
    });
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  internalUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

async function download(search: string, who: Parameters<typeof signedIn>[1] = {}) {
  const config = { internalUrl, ...who.config };
  await ensureSandboxKeys(db, aConfig(config), Date.now());
  const ask = await signedIn(db, { role: "finance", ...who, config });
  return responseOf(loader(ask(`/reconciliation/sandbox-report?${search}`)));
}

const PERIOD = "from=2026-03-01&to=2026-03-31";

describe("a report of the sandbox", () => {
  it("comes through as the sandbox makes it, asked for with its key", async () => {
    const response = await download(`report=transactions-1&${PERIOD}&zone=Asia/Jakarta&share=0`);
    expect(await response.text()).toBe("Status,Type\r\n");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="sandbox-transactions-v1-2026-03-01-2026-03-31.csv"',
    );
    const [{ url, authorization } = { url: new URL("http://x"), authorization: "" }] = asked;
    expect(url.pathname).toBe("/sandbox/reports/transactions.csv");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      from: "2026-03-01",
      to: "2026-03-31",
      zone: "Asia/Jakarta",
      version: "1",
      columns: "ids",
    });
    expect(Buffer.from(authorization.slice(6), "base64").toString()).toMatch(/^xnd_development_sandbox_\w+:$/);
  });

  it("has discrepancies when wanted, with ids of other environments that one may see", async () => {
    const [sale] = makeSales(1, 1);
    if (!sale) throw new Error("There is no sale.");
    const { payments } = projectionOf(sale, "test");
    const request = aPaymentRequest({ paymentRequestId: sale.requestId, environment: "test" });
    await db.write([
      { query: db.read.insert(db.tables.paymentRequests).values(request), rows: 1 },
      { query: db.read.insert(db.tables.payments).values([...payments]), rows: 1 },
    ]);
    await download(`report=balance&${PERIOD}&share=0.1&seed=7`);
    await download(`report=balance&${PERIOD}&share=0.1&seed=7`, { environments: ["sandbox"] });
    const [whole, limited] = asked.map(({ url }) => url.searchParams);
    expect(whole?.get("discrepancies")).toBe("all");
    expect(whole?.get("seed")).toBe("7");
    expect(whole?.getAll("elsewhere")).toEqual([sale.paymentId]);
    expect(limited?.getAll("elsewhere")).toEqual([]);
  });

  it.each([
    ["report=csv", "report: Choose a report"],
    ["report=balance&zone=Mars", "zone: Not a time zone"],
    ["report=balance&share=0.5", "share: Choose a share"],
    ["report=balance&seed=-1", "seed: A whole number"],
    ["report=balance&from=2026-03-31&to=2026-03-01", "to: Ends before it begins"],
  ])("is refused in words when it is asked for wrongly: %s", async (search, words) => {
    const response = await download(`${search.includes("from=") ? search : `${search}&${PERIOD}`}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
    expect(asked).toEqual([]);
  });

  it("says what the sandbox said when it makes none", async () => {
    answer = { status: 400, body: "request/query/zone is not valid" };
    const response = await download(`report=balance&${PERIOD}`);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain("request/query/zone is not valid");
  });

  it("is for those who may import, who see all businesses, and only where there is a sandbox", async () => {
    const search = `report=balance&${PERIOD}`;
    expect((await download(search, { role: "support" })).status).toBe(403);
    expect((await download(search, { businessIds: ["biz-1"] })).status).toBe(404);
    expect((await download(search, { config: { sandbox: false } })).status).toBe(404);
  });
});
