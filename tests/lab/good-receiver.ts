import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/**
 * An endpoint as a merchant should write one; docs/fault-lab.md quotes it. It checks who sends, answers at once, trusts
 * nothing it does not need, and lets no repeat, no order and no delay change what becomes of an order.
 */
export interface GoodReceiverOptions {
  readonly token: string;
  /** `whsec_…`; `null` when deliveries are not signed. */
  readonly secret: string | null;
  /** GET /v3/payment_requests/{id} at Xendit: its status and amount, or `null`. */
  readonly askXendit: (paymentRequestId: string) => Promise<{ status: string; amount: string } | null>;
}

interface Order {
  status: "unknown" | "authorized" | "failed" | "paid";
  fulfilled: number;
  amount: string | null;
}

const RANK = { unknown: 0, authorized: 1, failed: 2, paid: 3 } as const;
const LOOK_AFTER_MS = 50;

export function createGoodReceiver({ token, secret, askXendit }: GoodReceiverOptions): Server {
  const orders = new Map<string, Order>();

  return createServer(async (request, response) => {
    const body = await readBody(request);
    if (!isOurs(request, body)) return answer(response, 401, "not from Xendit");
    if (request.method === "GET") return probe(request, response);
    const event = parse(body);
    if (event === null) return answer(response, 400, "not an event");
    take(event);
    answer(response, 200, "received");
  });

  /** The token says who sends, the signature that nobody changed it on the way. */
  function isOurs({ method, headers }: IncomingMessage, body: Buffer): boolean {
    if (!same(String(headers["x-callback-token"] ?? ""), token)) return false;
    if (secret === null || method === "GET") return true;
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const hmac = createHmac("sha256", key);
    hmac.update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`).update(body);
    const expected = `v1,${hmac.digest("base64")}`;
    return String(headers["webhook-signature"] ?? "")
      .split(" ")
      .some((one) => same(one, expected));
  }

  /** What is known stays known: only a higher rank changes an order, whatever comes when and how often. */
  function take(event: Readonly<Record<string, unknown>>): void {
    const data = isObject(event.data) ? event.data : {};
    const id = data.payment_request_id;
    if (typeof id !== "string") return;
    if (event.event === "payment_session.completed") return void setTimeout(() => lookUp(id), LOOK_AFTER_MS);
    if (data.status === "SUCCEEDED") pay(id, String(data.request_amount));
    if (data.status === "AUTHORIZED") rise(id, "authorized");
    if (data.status === "FAILED") rise(id, "failed");
  }

  /** A session can be completed without its payment ever being told: ask. */
  async function lookUp(id: string): Promise<void> {
    if (orderOf(id).status === "paid") return;
    const found = await askXendit(id);
    if (found?.status === "SUCCEEDED") pay(id, found.amount);
  }

  /** The first amount counts. Another one for the same payment is for people to look at. */
  function pay(id: string, amount: string): void {
    const order = orderOf(id);
    if (order.status === "paid") return;
    rise(id, "paid");
    order.amount = amount;
    order.fulfilled += 1;
  }

  function rise(id: string, status: Order["status"]): void {
    const order = orderOf(id);
    if (RANK[status] > RANK[order.status]) order.status = status;
  }

  function orderOf(id: string): Order {
    const order = orders.get(id) ?? { status: "unknown", fulfilled: 0, amount: null };
    orders.set(id, order);
    return order;
  }

  /** What the fault lab may ask: what became of this payment? */
  function probe(request: IncomingMessage, response: ServerResponse): void {
    const id = new URL(request.url ?? "/", "http://localhost").searchParams.get("payment_request_id") ?? "";
    const order = orders.get(id);
    answer(response, order ? 200 : 404, order ?? { error: "never heard of it" });
  }
}

function parse(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const event: unknown = JSON.parse(body.toString("utf8"));
    return isObject(event) && typeof event.event === "string" ? event : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const MAX_BYTES = 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
