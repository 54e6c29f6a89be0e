import { redactPersonal } from "../../lib/pii.ts";
import type { Exchange } from "../../xendit/exchange.ts";

/** An exchange as it is shown: its bodies hold the customer as typed, and nobody needs them to follow a session. */
export function redactExchange(exchange: Exchange): Exchange {
  return { ...exchange, request: redactContent(exchange.request), response: redactContent(exchange.response) };
}

/** A body without personal values stays as it is; another becomes its redacted text. */
function redactContent(content: unknown): unknown {
  if (content === null || content === undefined) return content;
  const { text, isRedacted } = redactPersonal(typeof content === "string" ? content : JSON.stringify(content));
  return isRedacted ? text : content;
}
