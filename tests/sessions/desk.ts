import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { createSignals, type Signals } from "~/lib/signals.ts";
import { ensureSandboxKeys, type SandboxKeys } from "~/sandbox/keys.server.ts";
import { handleSandbox } from "~/sandbox/router.server.ts";
import { SANDBOX_SAVED_CARDS } from "~/sandbox/saved-cards.ts";
import { startSandboxSender } from "~/sandbox/sender.server.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { startTestServer } from "../setup/server.ts";

/** A desk with the real sandbox behind real HTTP; its webhooks arrive at the real door. */
export interface Desk {
  readonly db: Database;
  readonly config: Config;
  readonly keys: SandboxKeys;
  readonly signals: Signals;
  readonly context: AppContext;
  /** What was asked of the sandbox, `POST /sandbox/sessions`, with the body's text. */
  readonly asked: { readonly line: string; readonly body: string }[];
  /** The browser's call at the card step. */
  pay(paymentSessionId: string, cvn?: string): Promise<{ paymentRequestId: string; actionUrl: string | null }>;
  close(): Promise<void>;
}

/** `mute`: its webhooks are never sent, as if none reached this machine. */
export async function openDesk({ mute, ...overrides }: Partial<Config> & { mute?: boolean } = {}): Promise<Desk> {
  const db = await createTestDatabase();
  const keys = await ensureSandboxKeys(db, aConfig(overrides), Date.now());
  const signals = createSignals();
  const asked: Desk["asked"] = [];
  const server = await startTestServer({
    db,
    config: { sandboxTimeScale: 0, ...overrides },
    pages: async (request, response, context) => {
      const body = await readText(request);
      asked.push({ line: `${request.method} ${request.url}`, body });
      await answer(response, await handleSandbox(toRequest(request, body, context.config), { ...context, signals }));
    },
  });
  const { config } = server;
  const sender = mute ? null : startSandboxSender({ db, config, signals });
  return {
    db,
    config,
    keys,
    signals,
    context: { db, config, signals, nonce: "n", requestId: "r", address: "127.0.0.1" },
    asked,
    async pay(paymentSessionId, cvn = "321") {
      const response = await fetch(`${config.internalUrl}/sandbox/v3/payment_with_session`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${keys.publicKey}:`)}`, "content-type": "application/json" },
        body: JSON.stringify({ cvn, payment_session_id: paymentSessionId, device: { fingerprint: "f" } }),
      });
      const body = JSON.parse(await response.text());
      return { paymentRequestId: body.payment_request_id, actionUrl: body.action_url ?? null };
    },
    async close() {
      await sender?.stop();
      await server.close();
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

function toRequest({ method, url, headers }: IncomingMessage, body: string, config: Config): Request {
  const given = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  return new Request(config.publicUrl + url, { method, headers: given, body: method === "GET" ? null : body });
}

async function answer(response: ServerResponse, given: Response): Promise<void> {
  response.writeHead(given.status, Object.fromEntries(given.headers)).end(await given.text());
}

export function savedCard(network: string, flow: string): string {
  const found = SANDBOX_SAVED_CARDS.find((saved) => saved.network === network && saved.card.flow === flow);
  if (!found) throw new Error(`No saved ${network} card with ${flow}`);
  return found.paymentTokenId;
}

export async function eventually<Value>(
  what: () => Promise<Value | undefined | null | false>,
  ms = 20_000,
): Promise<Value> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await what();
    if (value) return value;
    if (Date.now() > deadline) throw new Error("It did not happen in time.");
    await new Promise((done) => setTimeout(done, 10));
  }
}
