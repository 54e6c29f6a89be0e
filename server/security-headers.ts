import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

export interface HeaderOptions {
  readonly nonce: string;
  readonly https: boolean;
  /** Vite's client opens a socket of its own. */
  readonly development: boolean;
}

/**
 * Headers every answer gets unless its route set them: the CVN page and the sandbox's pages have policies of their own,
 * and two policies at once would both be enforced.
 */
export function setDefaultHeaders(response: ServerResponse, options: HeaderOptions): void {
  const defaults = defaultHeaders(options);
  const writeHead = response.writeHead;
  response.writeHead = function writeHeadWithDefaults(this: ServerResponse, ...args: unknown[]) {
    for (const [name, value] of defaults) if (!response.hasHeader(name)) response.setHeader(name, value);
    return Reflect.apply(writeHead, this, args) as ServerResponse;
  } as typeof response.writeHead;
}

function defaultHeaders({ nonce, https, development }: HeaderOptions): readonly (readonly [string, string])[] {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    // Charts and popovers place themselves by style attributes and elements made while running.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return [
    ["Content-Security-Policy", policy],
    ["X-Content-Type-Options", "nosniff"],
    ["X-Frame-Options", "DENY"],
    // Not no-referrer: with it browsers send "Origin: null" with our own forms, which the CSRF check refuses.
    ["Referrer-Policy", "same-origin"],
    ["Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"],
    ["Cache-Control", "no-store"],
    ...(https ? ([["Strict-Transport-Security", "max-age=31536000; includeSubDomains"]] as const) : []),
  ];
}
