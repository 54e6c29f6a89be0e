import type { IncomingMessage } from "node:http";
import type { Config } from "../app/env.server.ts";
import { isLoopbackHost } from "../app/env.server.ts";

const FORWARDING = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"] as const;

/** The request comes straight from this machine: no other peer, nothing in between (DESIGN 6). */
export function isLocalPeer(request: IncomingMessage): boolean {
  return isLoopbackHost(peerAddress(request)) && !FORWARDING.some((name) => request.headers[name] !== undefined);
}

/** DESIGN 6's "loopback": a local peer, and the installation itself is not meant for others. */
export function isLoopbackRequest(request: IncomingMessage, config: Pick<Config, "loopback">): boolean {
  return config.loopback && isLocalPeer(request);
}

/**
 * Whom to throttle and to name. A public installation whose peer is this machine stands behind a reverse proxy here, and
 * the last address of X-Forwarded-For is the one that proxy saw; the earlier ones are whatever the client wrote.
 */
export function clientAddress(request: IncomingMessage, config: Pick<Config, "loopback">): string {
  const peer = peerAddress(request);
  if (config.loopback || !isLoopbackHost(peer)) return peer;
  return forwardedFor(request) ?? peer;
}

function forwardedFor(request: IncomingMessage): string | null {
  const header = request.headers["x-forwarded-for"];
  const last = (Array.isArray(header) ? header.join(",") : header)?.split(",").at(-1)?.trim();
  return last && /^[0-9a-f.:]{3,45}$/i.test(last) ? last : null;
}

/** IPv4 peers of a dual-stack socket come as `::ffff:127.0.0.1`. */
function peerAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/, "");
}
