import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/**
 * An endpoint as it is often written first. Every mistake in it has been made in earnest: it works through one event
 * after another before it answers, believes whoever sends, takes the last word for the right one, and throws at what it
 * did not expect.
 */
interface Order {
  status: string;
  fulfilled: number;
  amount: unknown;
}

const KNOWN_FIELDS = ["network", "authorization_data", "authentication_data"];
const HOUR = 3_600_000;

/** `workMs`: how long it works on each event. */
export function createNaiveReceiver({ workMs, now }: { workMs: number; now: () => number }): Server {
  const orders = new Map<string, Order>();
  let working: Promise<unknown> = Promise.resolve();

  return createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.method === "GET") {
      const id = new URL(request.url ?? "/", "http://localhost").searchParams.get("payment_request_id") ?? "";
      const order = orders.get(id);
      response.writeHead(order ? 200 : 404).end(JSON.stringify(order ?? {}));
      return;
    }
    working = working.then(() => pause(workMs));
    await working;
    let event: ReturnType<typeof JSON.parse>;
    try {
      event = JSON.parse(body);
    } catch {
      // "It will be some other webhook."
      response.writeHead(200).end();
      return;
    }
    try {
      take(event.event, event.data);
      response.writeHead(200).end();
    } catch {
      response.writeHead(500).end();
    }
  });

  function take(type: string, data: ReturnType<typeof JSON.parse>): void {
    const order = orders.get(data.payment_request_id) ?? { status: "new", fulfilled: 0, amount: null };
    orders.set(data.payment_request_id, order);
    if (type === "payment.capture") {
      // "Old events are replay attacks."
      if (now() - Date.parse(data.captures[0].capture_timestamp) > HOUR / 2) return;
      for (const field of Object.keys(data.payment_details)) {
        if (!KNOWN_FIELDS.includes(field)) throw new Error(`unknown field ${field}`);
      }
      order.status = "paid";
      order.fulfilled += 1;
      order.amount = data.request_amount;
    } else if (type === "payment.authorization") {
      order.status = "authorized";
    } else if (type === "payment_session.completed") {
      order.status = "waiting for payment";
    } else {
      throw new Error(`unexpected event ${type}`);
    }
  }
}
