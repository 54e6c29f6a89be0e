import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { startImporter } from "../../app/domain/reconciliation/importer.server.ts";
import { orderPull } from "../../app/domain/reconciliation/order-pull.server.ts";
import type { BusinessDay } from "../../app/lib/time.ts";
import { openDesk } from "../sessions/desk.ts";
import { importer, openImportDesk, reportRowsOf, untilQuiet } from "./import-desk.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const NOW = new Date("2026-04-10T03:00:00Z");
const period = { from: "2026-03-01" as BusinessDay, to: "2026-04-10" as BusinessDay, operator: importer, now: NOW };

/** A payment as the sandbox keeps it, captured at its creation. */
function aPayment(index: number, createdAt: number) {
  const id = `1402b501-dfb4-4d6f-93e5-${String(index).padStart(12, "0")}`;
  const at = new Date(createdAt).toISOString();
  const body = {
    payment_id: `py-${id}`,
    payment_request_id: `pr-${id}`,
    business_id: "b",
    reference_id: `order-${index}`,
    country: "ID",
    currency: "IDR",
    request_amount: 100000 + index,
    status: "SUCCEEDED",
    captures: [{ capture_id: `cptr-${id}`, capture_amount: 100000 + index, capture_timestamp: at }],
    created: at,
    updated: at,
  };
  const ids = { paymentId: body.payment_id, paymentRequestId: body.payment_request_id };
  return { ...ids, status: "SUCCEEDED", createdAt, expiresAt: null, body: JSON.stringify(body) };
}

it("pulls a period from the sandbox over HTTP, page by page, and only that period", async () => {
  const desk = await openDesk({ mute: true });
  closing.push(() => desk.close());
  const { db, config, signals } = desk;
  const inside = Array.from({ length: 120 }, (_, index) => aPayment(index, Date.parse("2026-03-31T16:59:58Z") + index));
  const outside = [
    aPayment(900, Date.parse("2026-02-28T16:59:59Z")),
    aPayment(901, Date.parse("2026-04-12T00:00:00Z")),
  ];
  await db.write([{ query: db.read.insert(db.tables.sandboxPayments).values([...inside, ...outside]), rows: 122 }]);
  const ordered = await orderPull(db, config, { environment: "sandbox", ...period });
  expect(ordered.ok).toBe(true);
  const errors: unknown[] = [];
  const running = startImporter({ db, config, signals, onError: (error) => void errors.push(error) });
  await untilQuiet(db);
  await running.stop();

  expect(errors).toEqual([]);
  expect(await db.read.select().from(db.tables.reportImports)).toMatchObject([
    { state: "imported", kind: "pull", name: "2026-03-01 to 2026-04-10", rowsNew: 120, rowsBad: 0, position: 120 },
  ]);
  expect(desk.asked.map(({ line }) => line).filter((line) => line.includes("/sandbox/transactions"))).toHaveLength(3);
  const [row] = await reportRowsOf(db);
  expect(row).toMatchObject({
    type: "PAYMENT",
    status: "SUCCESS",
    amountMinor: 10_000_000,
    feeMinor: 490_000,
    vatMinor: 53_900,
    netMinor: 9_456_100,
    productId: "py-1402b501-dfb4-4d6f-93e5-000000000000",
    paymentRequestId: "pr-1402b501-dfb4-4d6f-93e5-000000000000",
  });
  const audit = await db.read.select().from(db.tables.auditEntries);
  expect(audit.map(({ action }) => action)).toEqual(["reconciliation:import"]);
});

it("waits where Xendit says so and says so itself, asks again what passes, goes on after a restart, and stops at what does not pass", async () => {
  const asked: string[] = [];
  const page = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `txn_${first + index}`,
      type: "PAYMENT",
      status: "SUCCESS",
      currency: "IDR",
      amount: 10000,
      created: "2026-03-31T16:59:58Z",
    }));
  const answers: { status: number; headers?: Record<string, string>; body: unknown }[] = [
    { status: 200, body: { has_more: true, data: page(0, 50) } },
    { status: 429, headers: { "Rate-Limit-Reset": "0.2" }, body: { error_code: "RATE_LIMIT_EXCEEDED" } },
    { status: 503, body: { error_code: "SERVER_ERROR" } },
    { status: 200, body: { has_more: true, data: [...page(50, 49), { id: "txn_99", amount: "ten" }] } },
    { status: 403, body: { error_code: "REQUEST_FORBIDDEN_ERROR", message: "no Transaction Read" } },
    { status: 200, body: { has_more: false, data: page(100, 1) } },
  ];
  const saidMeanwhile: (string | null)[] = [];
  const server = createServer(async (request, response) => {
    saidMeanwhile.push((await desk.importOf(importId)).problem);
    asked.push(new URL(request.url ?? "", "http://x").searchParams.get("after_id") ?? "");
    const { status, headers, body } = answers.shift() ?? { status: 500, body: {} };
    response.writeHead(status, headers).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(() => new Promise((done) => server.close(() => done())));
  const xenditApiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { test: { secretKey: "xnd_development_x", publicKey: null }, live: null };
  const desk = await openImportDesk({ config: { xendit: keys, xenditApiUrl } });
  closing.push(() => desk.close());

  const ordered = await orderPull(desk.db, desk.config, { environment: "test", ...period });
  if (!ordered.ok) throw new Error(ordered.refusal);
  const { importId } = ordered.value;
  await desk.readAll();
  expect(asked).toEqual(["", "txn_49", "txn_49", "txn_49", "txn_99"]);
  expect(saidMeanwhile).toEqual([
    null,
    null,
    "Xendit takes no more calls for now; it goes on by itself within 1 s.",
    expect.stringMatching(/ It is tried again within 1 s\.$/),
    null,
  ]);
  expect(await desk.importOf(importId)).toMatchObject({
    state: "failed",
    problem: expect.stringContaining("permission"),
    rowsNew: 99,
    rowsBad: 1,
    position: 100,
  });
  const { reportImports } = desk.db.tables;
  await desk.db.write([{ query: desk.db.read.update(reportImports).set({ state: "waiting" }), rows: 1 }]);
  await desk.readAll();
  expect(asked.at(-1)).toBe("txn_99");
  expect(await desk.importOf(importId)).toMatchObject({ state: "imported", rowsNew: 100, rowsBad: 1, position: 101 });
  const problems = await desk.db.read.select().from(desk.db.tables.reportProblems);
  expect(problems.map(({ line, column }) => `${line} ${column}`).sort()).toEqual([
    "100 amount",
    "100 created",
    "100 currency",
  ]);
  expect(desk.errors).toEqual([]);
}, 30_000);

it.each([
  [{ from: "2026-04-02", to: "2026-04-01" }, "period_upside_down"],
  [{ from: "2026-04-11", to: "2026-04-12" }, "period_in_future"],
  [{ from: "2025-01-01", to: "2026-04-01" }, "period_too_long"],
] as const)("refuses the period %j", async (days, refusal) => {
  const desk = await openImportDesk();
  closing.push(() => desk.close());
  const order = { ...period, from: days.from as BusinessDay, to: days.to as BusinessDay };
  expect(await orderPull(desk.db, desk.config, { environment: "sandbox", ...order })).toMatchObject({
    ok: false,
    refusal,
  });
});
