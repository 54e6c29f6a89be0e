import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { paymentColumns } from "~/components/payments/payment-columns.tsx";
import { sessionColumns } from "~/components/sessions/session-columns.tsx";
import { webhookColumns } from "~/components/webhooks/webhook-columns.tsx";
import type { Database, ListName } from "~/db.server.ts";
import { chosenColumns, LIST_COLUMNS, LISTS, offeredColumns, settleColumns } from "~/domain/lists/list-columns.ts";
import { loader as payments } from "~/routes/payments._index.tsx";
import { action } from "~/routes/preferences_.columns.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

interface Drawn {
  readonly id?: string;
  readonly header?: unknown;
}
const tables: Record<ListName, readonly Drawn[]> = {
  payments: paymentColumns,
  sessions: sessionColumns,
  webhooks: webhookColumns,
};

function headings(list: ListName): string {
  const byId = new Map(tables[list].map(({ id, header }) => [id, header]));
  return settleColumns(list, undefined)
    .map((id) => byId.get(id))
    .join(", ");
}

describe("the columns of a list", () => {
  it("are those outsiders rely on until somebody chooses", () => {
    expect(headings("payments")).toBe("Payment request, Reference, Amount, Status, ECI, CVN, AVS, Response, Created");
    expect(headings("sessions")).toBe("Session, Payment request, Reference, Amount, Status, ECI, CVN, AVS, Created");
    expect(headings("webhooks")).toBe("Event, Payment request, State, ECI, CVN, AVS, Receipts, Received");
  });

  it.each(LISTS)("of %s are drawn, each one that is offered", (list) => {
    const { pinned, standard, extra } = LIST_COLUMNS[list];
    expect(tables[list].map(({ id }) => id).sort()).toEqual([pinned, ...standard, ...extra].sort());
  });

  it("keep their order, once each; unknown ones are ignored and the pinned one stays first", () => {
    expect(settleColumns("payments", ["cvn", "eci", "payment_request", "cvn", "password_hash"])).toEqual([
      "payment_request",
      "cvn",
      "eci",
    ]);
    expect(settleColumns("payments", [])).toEqual(["payment_request"]);
  });

  it("are offered with those on screen first, and none twice", () => {
    const offered = offeredColumns("sessions", settleColumns("sessions", ["network", "amount"]));
    expect(offered.slice(0, 3)).toEqual(["session", "network", "amount"]);
    expect(new Set(offered).size).toBe(offered.length);
    expect(offered).toHaveLength(tables.sessions.length);
  });

  it("move by a step, never past the pinned one nor off the end", () => {
    const move = (step: string) => chosenColumns({ list: "payments", columns: ["eci", "cvn", "avs"], move: step });
    expect(move("up:avs")).toEqual(["payment_request", "eci", "avs", "cvn"]);
    expect(move("down:eci")).toEqual(["payment_request", "cvn", "eci", "avs"]);
    for (const nowhere of ["up:eci", "down:avs", "up:payment_request", "down:payment_request", "up:amount"]) {
      expect(move(nowhere)).toEqual(["payment_request", "eci", "cvn", "avs"]);
    }
  });

  it("lose none and gain none, however they are moved", () => {
    const id = fc.constantFrom(...offeredColumns("payments", []));
    const step = fc.tuple(fc.constantFrom("up", "down"), id).map((parts) => parts.join(":"));
    fc.assert(
      fc.property(fc.uniqueArray(id), step, (columns, move) => {
        const before = settleColumns("payments", columns);
        const after = chosenColumns({ list: "payments", columns, move }) ?? [];
        expect(after[0]).toBe("payment_request");
        expect([...after].sort()).toEqual([...before].sort());
      }),
    );
  });
});

describe("the choice of columns", () => {
  let db: Database;
  let open: Awaited<ReturnType<typeof signedIn>>;
  beforeEach(async () => {
    db = await createTestDatabase();
    open = await signedIn(db, { role: "viewer" });
  });

  const post = (fields: readonly (readonly [string, string])[]) => {
    const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
    return action(open("/preferences/columns", {}, { method: "POST", body }) as Parameters<typeof action>[0]);
  };
  const shown = async () => (await payments(open("/payments") as Parameters<typeof payments>[0])).columns;

  it("is remembered for each list and operator, beside other preferences, until it is reset", async () => {
    await post([
      ["list", "payments"],
      ["columns", "amount"],
      ["columns", "network"],
      ["move", "up:network"],
    ]);
    await post([
      ["list", "sessions"],
      ["columns", "status"],
    ]);
    expect(await shown()).toEqual(["payment_request", "network", "amount"]);
    const other = await signedIn(db);
    const theirs = await payments(other("/payments") as Parameters<typeof payments>[0]);
    expect(theirs.columns).toEqual(settleColumns("payments", undefined));

    await post([
      ["list", "payments"],
      ["columns", "amount"],
      ["reset", "yes"],
    ]);
    expect(await shown()).toEqual(settleColumns("payments", undefined));
    const [kept] = (await db.read.select().from(db.tables.operators)).filter(({ role }) => role === "viewer");
    expect(kept?.preferences.columns).toEqual({ sessions: ["session", "status"] });
  });

  it("is refused when it is of no list or no step", async () => {
    expect(await post([["list", "operators"]])).toMatchObject({ init: { status: 400 } });
    expect(
      await post([
        ["list", "payments"],
        ["move", "sideways:eci"],
      ]),
    ).toMatchObject({ init: { status: 400 } });
  });

  it("leads back to the list it was made on, and to no other site", async () => {
    const back = await responseOf(
      post([
        ["list", "payments"],
        ["next", "/payments?eci=05"],
      ]),
    );
    expect(back.headers.get("Location")).toBe("/payments?eci=05");
    const away = await responseOf(
      post([
        ["list", "payments"],
        ["next", "https://evil.example/"],
      ]),
    );
    expect(away.headers.get("Location")).toBe("/");
  });
});
