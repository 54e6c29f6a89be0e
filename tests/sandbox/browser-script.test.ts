import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aSession, openSandbox, type Sandbox } from "./sandbox.ts";

let sandbox: Sandbox;
let requests: { url: string; init: RequestInit }[];
beforeEach(async () => {
  sandbox = await openSandbox();
  requests = [];
});
afterEach(() => sandbox.close());

type Callback = (error: unknown, response: unknown) => void;
interface XenditScript {
  setPublishableKey(key: string): void;
  payment: Record<"collectCvn" | "collectCardData", (data: object, callback: Callback) => void>;
}

/** Runs the script as a page would that loads it from the sandbox. */
async function load(): Promise<XenditScript> {
  const source = await (await sandbox.request("cards-session.min.js")).text();
  const window: { Xendit?: XenditScript } = {};
  const fetch = (url: string, init: RequestInit) => {
    requests.push({ url, init });
    return sandbox.request(new URL(url).pathname.replace("/sandbox/", ""), init);
  };
  const document = { currentScript: { src: "http://127.0.0.1:3000/sandbox/cards-session.min.js" } };
  runInContext(source, createContext({ window, document, fetch, crypto, btoa, URL, Uint8Array }));
  if (!window.Xendit) throw new Error("The script set no Xendit.");
  return window.Xendit;
}

function collect(call: (callback: Callback) => void): Promise<{ error: unknown; response: unknown }> {
  return new Promise((done) => call((error, response) => done({ error, response })));
}

describe("cards-session.min.js", () => {
  it("is the file in the repository, open to any page", async () => {
    const response = await sandbox.request("cards-session.min.js");
    expect(response.headers.get("content-type")).toMatch(/javascript/);
    const file = join(import.meta.dirname, "../../app/sandbox/cards-session.browser.js");
    expect(await response.text()).toBe(readFileSync(file, "utf8"));
  });

  it("collects a CVN and answers with the payment request and where 3-D Secure happens", async () => {
    const xendit = await load();
    const { body } = await sandbox.call("POST", "sessions", aSession());
    xendit.setPublishableKey(sandbox.keys.publicKey);
    const data = { cvn: " 123 ", payment_session_id: body.payment_session_id };
    const { error, response } = await collect((callback) => xendit.payment.collectCvn(data, callback));
    expect(error).toBeNull();
    expect(response).toMatchObject({
      payment_request_id: expect.stringMatching(/^pr-/),
      action_url: expect.stringContaining("/sandbox/authentications/"),
    });
    const [request] = requests;
    expect(request?.url).toBe("http://127.0.0.1:3000/sandbox/v3/payment_with_session");
    expect(request?.init.credentials).toBe("omit");
    expect(Object.keys(JSON.parse(String(request?.init.body)))).toEqual(["payment_session_id", "cvn", "device"]);
  });

  it("collects a whole card, its CVN optional, and leaves empty members out", async () => {
    const xendit = await load();
    const urls = { success_return_url: "https://a.example/s", failure_return_url: "https://a.example/f" };
    const { body } = await sandbox.call("POST", "sessions", aSession({ cards_session_js: urls }));
    xendit.setPublishableKey(sandbox.keys.publicKey);
    const card = { card_number: "4000 0000 0000 1000", expiry_month: "9", expiry_year: "2035", cvn: null };
    const data = { ...card, payment_session_id: body.payment_session_id };
    const { error, response } = await collect((callback) => xendit.payment.collectCardData(data, callback));
    expect(error).toBeNull();
    expect(response).not.toHaveProperty("action_url");
    expect(JSON.parse(String(requests[0]?.init.body))).not.toHaveProperty("cvn");
  });

  it.each([
    ["collectCvn", { cvn: "12" }, "/body/cvn"],
    ["collectCvn", { cvn: "12x" }, "/body/cvn"],
    ["collectCvn", { cvn: "123", payment_session_id: "ps-1" }, "/body/payment_session_id"],
    ["collectCardData", { card_number: " " }, "/body/card_number"],
    ["collectCardData", { card_number: "4", expiry_month: "13", expiry_year: "2030" }, "/body/expiry_month"],
    ["collectCardData", { card_number: "4", expiry_month: "12", expiry_year: "2023" }, "/body/expiry_year"],
  ] as const)("%s stops %j before anything is sent", async (name, data, path) => {
    const xendit = await load();
    xendit.setPublishableKey("xnd_public_development_x");
    const whole = { payment_session_id: `ps-${"0".repeat(24)}`, ...data };
    const { error } = await collect((callback) => xendit.payment[name](whole, callback));
    expect(error).toMatchObject({ error_code: "API_VALIDATION_ERROR", errors: [{ path }] });
    expect(requests).toEqual([]);
  });

  it("hands an API error to the callback as it came", async () => {
    const xendit = await load();
    xendit.setPublishableKey("xnd_public_development_other");
    const data = { cvn: "123", payment_session_id: `ps-${"0".repeat(24)}` };
    const { error } = await collect((callback) => xendit.payment.collectCvn(data, callback));
    expect(error).toMatchObject({ error_code: "INVALID_API_KEY" });
  });
});
