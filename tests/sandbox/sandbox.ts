import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { createSignals, type Signals } from "~/lib/signals.ts";
import { ensureSandboxKeys, type SandboxKeys } from "~/sandbox/keys.server.ts";
import { handleSandbox } from "~/sandbox/router.server.ts";
import { SANDBOX_SAVED_CARDS } from "~/sandbox/saved-cards.ts";
import { startSandboxSender } from "~/sandbox/sender.server.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open-database.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

/** A parsed body; the tests look into it as deep as they like. */
type Parsed = ReturnType<typeof JSON.parse>;

export interface Hook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Parsed;
  readonly receivedAt: number;
}

export interface Receiver {
  readonly origin: string;
  readonly hooks: Hook[];
  /** Statuses for the next requests; 200 when empty. */
  readonly answers: number[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const hooks: Hook[] = [];
  const answers: number[] = [];
  const server: Server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    hooks.push({ path: request.url ?? "", headers: request.headers, body: JSON.parse(text), receivedAt: Date.now() });
    response.writeHead(answers.shift() ?? 200).end("{}");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    hooks,
    answers,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export interface Sandbox {
  readonly db: Database;
  readonly config: Config;
  readonly keys: SandboxKeys;
  readonly signals: Signals;
  readonly receiver: Receiver;
  /** A raw request below /sandbox. */
  request(path: string, init?: RequestInit): Promise<Response>;
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Parsed; headers: Headers }>;
  /** The browser's call, with the public key. */
  pay(body: unknown): ReturnType<Sandbox["call"]>;
  press(actionUrl: string, button: string): Promise<Response>;
  startSender(onError?: (error: unknown) => void): void;
  stopSender(): Promise<void>;
  close(): Promise<void>;
}

interface SandboxOptions {
  readonly timeScale?: number;
  readonly file?: string;
  readonly publicUrl?: string;
}

/** In memory, unless a file is named. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const db = options.file ? await openFile(options.file) : await createTestDatabase();
  const receiver = await startReceiver();
  const signals = createSignals();
  const config = aConfig({
    publicUrl: options.publicUrl ?? "http://127.0.0.1:3000",
    internalUrl: receiver.origin,
    sandboxTimeScale: options.timeScale ?? 0.01,
  });
  const keys = await ensureSandboxKeys(db, config, Date.now());
  const context: AppContext = { db, config, signals, nonce: "n", requestId: "r", address: "127.0.0.1" };
  let sender: ReturnType<typeof startSandboxSender> | null = null;

  const request = (path: string, init: RequestInit = {}) =>
    handleSandbox(new Request(new URL(`/sandbox/${path}`, config.publicUrl), init), context);
  const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" });
  const json = async (key: string, method: string, path: string, body?: unknown) => {
    const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const response = await request(path, { method, headers: basic(key), body: text });
    const { status, headers } = response;
    return { status, headers, body: JSON.parse((await response.text()) || "null") };
  };

  return {
    db,
    config,
    keys,
    signals,
    receiver,
    request,
    call: (method, path, body) => json(keys.secretKey, method, path, body),
    pay: (body) => json(keys.publicKey, "POST", "v3/payment_with_session", body),
    press(actionUrl, button) {
      const { pathname, search } = new URL(actionUrl);
      const path = pathname.replace("/sandbox/", "") + search;
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return request(path, { method: "POST", headers, body: `result=${button}` });
    },
    startSender(onError) {
      sender = startSandboxSender({ db, config, signals, onError });
    },
    async stopSender() {
      await sender?.stop();
      sender = null;
    },
    async close() {
      await sender?.stop();
      await receiver.close();
      await db.close();
    },
  };
}

async function openFile(file: string): Promise<Database> {
  await migrate(file);
  return openDatabase({ file, threads: true });
}

let customers = 0;

/** A valid one-click session; `change` what matters. */
export function aSession(change: Record<string, unknown> = {}): Record<string, unknown> {
  customers += 1;
  return {
    reference_id: "order-1",
    session_type: "PAY",
    mode: "CARDS_SESSION_JS",
    amount: 10000,
    currency: "IDR",
    country: "ID",
    customer: {
      reference_id: `shopper-${customers}`,
      type: "INDIVIDUAL",
      email: "test@yourdomain.com",
      mobile_number: "+6212345678",
      individual_detail: { given_names: "Jaap", surname: "Stam" },
    },
    cards_session_js: {
      card_payment_token_id: savedCard("VISA", "CHALLENGE"),
      success_return_url: "https://yourcompany.com/success",
      failure_return_url: "https://yourcompany.com/failure",
    },
    ...change,
  };
}

export function savedCard(network: string, flow: string): string {
  const found = SANDBOX_SAVED_CARDS.find((saved) => saved.network === network && saved.card.flow === flow);
  if (!found) throw new Error(`No saved ${network} card with ${flow}`);
  return found.paymentTokenId;
}

export function withCard(network: string, flow: string): Record<string, unknown> {
  return {
    card_payment_token_id: savedCard(network, flow),
    success_return_url: "https://yourcompany.com/success",
    failure_return_url: "https://yourcompany.com/failure",
  };
}

export async function until<Value>(what: () => Value | undefined | null | false, ms = 20_000): Promise<Value> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = what();
    if (value) return value;
    if (Date.now() > deadline) throw new Error("It did not happen in time.");
    await new Promise((done) => setTimeout(done, 5));
  }
}
