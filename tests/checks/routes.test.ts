import type { ActionFunctionArgs } from "@remix-run/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeToast } from "~/lib/toast.server.ts";
import { action as ask } from "~/routes/ask.ts";
import { action as check } from "~/routes/payments.$paymentRequestId_.check.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { type Desk, openDesk } from "../sessions/desk.ts";

let desk: Desk;
const paymentRequestId: string = aCapture().data.payment_request_id;
beforeEach(async () => {
  desk = await openDesk();
  await capture(desk.db, aCapture());
});
afterEach(() => desk.close());

type Who = NonNullable<Parameters<typeof signedIn>[1]>;
type Action = (args: ActionFunctionArgs) => Promise<unknown>;

async function post(action: Action, path: string, form: Record<string, string>, who: Who = {}) {
  const call = await signedIn(desk.db, { config: desk.config, ...who });
  const args = call(path, { paymentRequestId }, { method: "POST", body: new URLSearchParams(form) });
  const response = await responseOf(action(args));
  return { status: response.status, location: response.headers.get("Location"), toast: await toastOf(response) };
}

async function toastOf(response: Response): Promise<string | null> {
  const cookie = response.headers.getSetCookie().map((one) => one.split(";")[0]);
  const request = new Request("http://desk.test", { headers: { Cookie: cookie.join("; ") } });
  return (await takeToast(request, { config: desk.config })).toast?.text ?? null;
}

const path = `/payments/${paymentRequestId}/check`;
const checkAs = (who: Who, environment = "sandbox") => post(check, path, { environment }, who);
const askAs = (id: string, who: Who = {}, environment = "sandbox") => post(ask, "/ask", { id, environment }, who);

describe("POST /payments/:id/check", () => {
  it("goes back to the panel and says what came of it", async () => {
    const answer = await checkAs({ role: "support" });
    expect(answer).toMatchObject({ status: 302, location: `/payments/${paymentRequestId}?environment=sandbox#check` });
    expect(answer.toast).toMatch(/Nothing was read\. Xendit does not know this id with this key/);
    expect((await checkAs({ role: "support" })).toast).toBe("Checked a moment ago, so nothing was asked again.");
  });

  it("is not for viewers, not for merchants in live, and not for strangers", async () => {
    expect((await checkAs({ role: "viewer" })).status).toBe(403);
    expect((await checkAs({ role: "merchant" }, "live")).status).toBe(403);
    expect((await checkAs({ role: "merchant" })).status).toBe(302);
    const request = new Request(`${desk.config.publicUrl}${path}`, { method: "POST", body: new URLSearchParams() });
    const stranger = await responseOf(check({ request, params: { paymentRequestId }, context: { ...desk.context } }));
    expect([stranger.status, stranger.headers.get("Location")]).toEqual([302, "/sign-in"]);
  });

  it("of a payment of another business, or of none, is not found", async () => {
    expect((await checkAs({ businessIds: ["somebody-else"] })).status).toBe(404);
    expect((await checkAs({}, "test")).status).toBe(404);
    expect((await checkAs({}, "nowhere")).status).toBe(400);
  });
});

describe("POST /ask", () => {
  const unknown = "pr-00000000-0000-4000-8000-00000000ffff";

  it("goes back to the search and says why", async () => {
    const answer = await askAs(unknown);
    expect(answer).toMatchObject({ status: 302, location: `/search?q=${unknown}&environment=sandbox` });
    expect(answer.toast).toMatch(/does not know this id/);
    expect((await askAs(unknown, {}, "test")).toast).toMatch(/no secret key for Test/);
    expect((await askAs("rfd-1")).toast).toMatch(/pr-, py- and ps- ids only/);
  });

  it("opens what it found", async () => {
    const call = { method: "POST", headers: { authorization: `Basic ${btoa(`${desk.keys.secretKey}:`)}` } };
    const session = {
      reference_id: "order-1",
      session_type: "SAVE",
      mode: "CARDS_SESSION_JS",
      amount: 0,
      currency: "IDR",
      country: "ID",
      customer: { reference_id: "shopper-1", type: "INDIVIDUAL", individual_detail: { given_names: "Jaap" } },
      cards_session_js: {
        success_return_url: "https://shop.example/ok",
        failure_return_url: "https://shop.example/no",
      },
    };
    const created = await fetch(`${desk.config.internalUrl}/sandbox/sessions`, {
      ...call,
      body: JSON.stringify(session),
    });
    const { payment_session_id: id } = await created.json();
    expect(await askAs(` ${id} `)).toMatchObject({ status: 302, location: `/sessions/${id}?environment=sandbox` });
  });

  it("is not for viewers, and needs an id and an environment", async () => {
    expect((await askAs(unknown, { role: "viewer" })).status).toBe(403);
    expect((await askAs("")).status).toBe(400);
    expect((await askAs(unknown, {}, "nowhere")).status).toBe(400);
  });
});
