import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { loader } from "~/routes/payments[.]csv.ts";
import { aPaymentRequest, insertPaymentRequests, NOON } from "../factories/list-rows.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const HEADER =
  "payment_request_id,payment_id,reference_id,environment,status,currency,amount,captured_amount,eci,cvn,avs,network,network_response_code,failure_code,created_at_utc,captured_at_utc";

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

async function exported(search: string, who: Parameters<typeof signedIn>[1] = {}) {
  const open = await signedIn(db, who);
  return responseOf(loader(open(`/payments.csv${search}`) as Parameters<typeof loader>[0]));
}

describe("payments.csv", () => {
  it("is the filtered list, byte for byte as promised", async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({
        paymentRequestId: "pr-1",
        paymentId: "py-1",
        referenceId: "=cmd|' /C calc'!A0",
        network: "VISA",
        capturedAt: NOON + 5000,
      }),
      aPaymentRequest({
        paymentRequestId: "pr-2",
        paymentId: null,
        referenceId: 'a,"b"',
        status: "FAILED",
        currency: "VND",
        amountRaw: "10000",
        amountMinor: 10_000,
        capturedMinor: 0,
        eci: null,
        cvn: "",
        failureCode: "EXPIRED_CARD",
        createdAt: NOON + 1,
      }),
    ]);
    const response = await exported("?environment=sandbox");
    expect(response.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("Content-Disposition")).toContain("attachment");
    const lines = (await response.text()).split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]?.startsWith(HEADER)).toBe(true);
    expect(lines[1]).toMatch(
      /^pr-2,,"a,""b""",sandbox,FAILED,VND,10000,0,,,M,,00,EXPIRED_CARD,2026-03-10T12:00:00\.001Z,,/,
    );
    expect(lines[2]).toMatch(
      /^pr-1,py-1,'=cmd\|' \/C calc'!A0,sandbox,SUCCEEDED,IDR,10000\.00,10000\.00,05,M,M,VISA,00,,2026-03-10T12:00:00\.000Z,2026-03-10T12:00:05\.000Z,/,
    );
    expect(lines[3]).toBe("");
  });

  it("leaves an amount blank that does not fit its currency, and has it as received beside", async () => {
    const odd = { paymentRequestId: "pr-1", amountRaw: "10.005", amountMinor: null, capturedMinor: null };
    await insertPaymentRequests(db, [aPaymentRequest(odd)]);
    const [, line] = (await (await exported("")).text()).split("\r\n");
    expect(line).toMatch(/,IDR,,,05,/);
    expect(line).toContain(",10.005,");
  });

  it("is longer than one chunk without losing or repeating a row", async () => {
    const rows = Array.from({ length: 2_345 }, (_, index) =>
      aPaymentRequest({ paymentRequestId: `pr-${String(index).padStart(5, "0")}`, createdAt: NOON + (index % 3) }),
    );
    await insertPaymentRequests(db, rows);
    const lines = (await (await exported("")).text()).trimEnd().split("\r\n").slice(1);
    expect(new Set(lines.map((line) => line.split(",")[0])).size).toBe(2_345);
    expect(lines).toHaveLength(2_345);
  });

  it("is only a header when nothing matches", async () => {
    const text = await (await exported("?status=FAILED")).text();
    expect(text.trimEnd().split("\r\n")).toHaveLength(1);
  });

  it.each([
    "?stauts=FAILED",
    "?from=soon",
    "?environment=prod",
    "?environment=test&environment=live",
    "?amount_min=a%20lot",
    "?anomaly=grave",
  ])("is refused when a part of the filter is not understood: %s", async (search) => {
    const response = await exported(search);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Nothing was exported");
  });

  it("is not there for an environment that is not the operator's, nor for a viewer", async () => {
    expect((await exported("?environment=live", { role: "merchant" })).status).toBe(404);
    expect((await exported("", { role: "viewer" })).status).toBe(403);
  });

  it("sends a stranger to sign in", async () => {
    const open = await signedIn(db);
    const args = open("/payments.csv");
    const stranger = { ...args, request: new Request(args.request.url) };
    const response = await responseOf(loader(stranger as Parameters<typeof loader>[0]));
    expect(response.status).toBe(302);
    expect(response.headers.get("Location")).toContain("/sign-in");
  });
});
