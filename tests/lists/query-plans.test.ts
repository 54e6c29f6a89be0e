import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { listPage } from "~/domain/lists/list-page.server.ts";
import { parsePaymentFilters } from "~/domain/payments/payment-filters.ts";
import { paymentList } from "~/domain/payments/payment-queries.server.ts";
import { parseSessionFilters } from "~/domain/sessions/session-filters.ts";
import { sessionList } from "~/domain/sessions/session-queries.server.ts";
import { parseWebhookFilters } from "~/domain/webhooks/webhook-filters.ts";
import { webhookList } from "~/domain/webhooks/webhook-queries.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { insertIdentifiers } from "../factories/list-rows.ts";
import { createTestDatabase } from "../setup/db.ts";
import { plansOf, TABLE_SCAN } from "../setup/query-plans.ts";

const scope: Scope = { environments: ["sandbox"], businessIds: null };
const zone = "UTC";
const environment = "sandbox";
const url = (search: string) => `http://desk.test/list?${search}`;

const lists = {
  payments: (db: Database, search: string) =>
    listPage(db, scope, paymentList, { ...parsePaymentFilters(url(search), { zone }).filters, environment }),
  sessions: (db: Database, search: string) =>
    listPage(db, scope, sessionList, { ...parseSessionFilters(url(search), { zone }).filters, environment }),
  webhooks: (db: Database, search: string) =>
    listPage(db, scope, webhookList, { ...parseWebhookFilters(url(search), { zone }).filters, environment }),
};

const cursors = ["", "cursor=n.1773144000000.x", "cursor=p.1773144000000.x"];
const sorts = ["", "sort=oldest"];
const ranges = ["", "from=2026-03-01", "to=2026-03-31", "from=2026-03-01&to=2026-03-31"];
const codes = ["", "status=a", "eci=05", "eci=none", "cvn=N&cvn=M", "avs=Z", "currency=IDR"];
const own = {
  payments: [
    "response=00",
    "failure=CARD_DECLINED",
    "network=VISA",
    "flow=CHALLENGE",
    "anomaly=bad&anomaly=look",
    "missing=none",
  ],
  sessions: ["missing=payment_webhook"],
  webhooks: ["response=00", "type=payment.capture"],
};

describe("every list query", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });

  for (const name of ["payments", "sessions", "webhooks"] as const) {
    it.each([...codes, ...own[name]])(`of ${name} walks an index in its order: %s`, async (code) => {
      for (const range of ranges) {
        for (const page of cursors.flatMap((cursor) => sorts.map((sort) => `${sort}&${cursor}`))) {
          const plans = await plansOf(db, () => lists[name](db, [code, range, page].join("&")));
          expect(plans.length).toBeGreaterThan(0);
          for (const plan of plans) {
            expect(plan).not.toMatch(TABLE_SCAN);
            expect(plan).not.toMatch(/TEMP B-TREE/);
          }
        }
      }
    });
  }

  it("reaches the edge of a page by its key, not by walking from the top", async () => {
    const [plan] = await plansOf(db, () => lists.payments(db, "eci=05&to=2026-03-31&cursor=n.1773144000000.x"));
    expect(plan).toMatch(
      /payment_requests_by_eci \(environment=\? AND eci=\? AND \(sort_at,payment_request_id\)<\(\?,\?\)\)/,
    );
  });

  it("finds amounts by their index, and then those payments by key", async () => {
    for (const search of ["amount_min=10000", "amount_min=1&amount_max=5000.50&currency=IDR", "amount_max=9&q=order"]) {
      const plans = await plansOf(db, () => lists.payments(db, search));
      expect(
        plans.some((plan) =>
          /payment_requests_by_amount \(environment=\? AND currency=\? AND amount_minor[<>]/.test(plan),
        ),
      ).toBe(true);
      for (const plan of plans) expect(plan).not.toMatch(TABLE_SCAN);
    }
  });

  it("reads the few rows a search found by their keys, however far apart, on every page", async () => {
    const ids = Array.from({ length: 5 }, (_, at) => `pr-${at}`);
    await insertIdentifiers(
      db,
      ids.map((target, at) => ({ environment, value: `order-77-${at}`, kind: "reference", target, businessId: null })),
    );
    for (const name of ["payments", "sessions"] as const) {
      for (const page of cursors.flatMap((cursor) => sorts.map((sort) => `${sort}&${cursor}`))) {
        const plans = await plansOf(db, () => lists[name](db, `q=order-77&status=a&${page}`));
        const rows = plans.filter((plan) => plan.includes("VALUES CLAUSE"));
        // The page and its count.
        expect(rows.length).toBeGreaterThanOrEqual(2);
        for (const plan of rows)
          expect(plan).toMatch(/autoindex_(payment_requests|sessions)_1 \(environment=\? AND \w+=\?\)/);
      }
    }
  });

  it("finds what was pasted by key", async () => {
    for (const name of ["payments", "sessions", "webhooks"] as const) {
      const plans = await plansOf(db, () => lists[name](db, "q=order-77"));
      for (const plan of plans) expect(plan).not.toMatch(TABLE_SCAN);
    }
  });
});
