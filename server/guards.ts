import type { IncomingMessage } from "node:http";
import type { Config } from "../app/env.server.ts";
import { isLoopbackHost } from "../app/env.server.ts";
import { isLocalPeer } from "./peer.ts";

/** What stands before every page: the name we are called by, and who sent the form. Both are decided from headers. */
export type GuardAnswer =
  | { readonly pass: true }
  | { readonly pass: false; readonly redirect: string }
  | { readonly pass: false; readonly status: 400 | 403 | 421; readonly code: string; readonly message: string };

type Urls = Pick<Config, "publicUrl" | "internalUrl" | "loopback">;

const PASS = { pass: true } as const;

/**
 * A page answers under PUBLIC_URL's name only: another name pointing at us (DNS rebinding) would otherwise be an origin
 * that reads our pages. Other names of this machine are led to the right one; our own calls to internalUrl pass.
 */
export function checkHost(request: IncomingMessage, path: string, urls: Urls): GuardAnswer {
  const asked = hostUrl(request, urls);
  if (!asked)
    return { pass: false, status: 400, code: "host_missing", message: "The Host header is missing or broken." };
  const own = new URL(urls.publicUrl);
  if (asked.host === own.host) return PASS;

  const isOtherNameOfOurs = urls.loopback && isLoopbackHost(asked.hostname) && asked.port === own.port;
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isOtherNameOfOurs && isSandbox(path)) return PASS;
  if (isOtherNameOfOurs && isRead) return { pass: false, redirect: urls.publicUrl + (request.url ?? "/") };
  if (isInternal(request, asked, urls)) return PASS;
  const message = `This installation answers as ${own.host}. If it should answer as ${asked.host}, set PUBLIC_URL.`;
  return { pass: false, status: 421, code: "wrong_host", message };
}

/**
 * Nobody else's page may send our forms. Browsers say where a request comes from in Sec-Fetch-Site and Origin, and a page
 * cannot take either away; a request with neither is not a browser's and carries nobody's cookies against their will.
 */
export function checkOrigin(request: IncomingMessage, path: string, urls: Urls): GuardAnswer {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method ?? "") || isSandbox(path)) return PASS;
  const site = request.headers["sec-fetch-site"];
  const origin = request.headers.origin;
  const isOurSite = site === undefined || site === "same-origin" || site === "none";
  const asked = hostUrl(request, urls);
  const internal = asked && isInternal(request, asked, urls) ? new URL(urls.internalUrl).origin : null;
  const isOurOrigin = origin === undefined || origin === urls.publicUrl || origin === internal;
  if (isOurSite && isOurOrigin) return PASS;
  const message = "This form was sent from another site. Open the page here and send it again.";
  return { pass: false, status: 403, code: "cross_site", message };
}

export function isSandbox(path: string): boolean {
  return path === "/sandbox" || path.startsWith("/sandbox/");
}

function isInternal(request: IncomingMessage, asked: URL, urls: Urls): boolean {
  return asked.host === new URL(urls.internalUrl).host && isLocalPeer(request);
}

/** The Host header read as a URL of the public scheme, so that a default port compares equal whether written or not. */
function hostUrl(request: IncomingMessage, { publicUrl }: Urls): URL | null {
  const host = request.headers.host;
  if (!host || !/^[\w.:[\]-]+$/.test(host)) return null;
  const url = `${new URL(publicUrl).protocol}//${host}`;
  return URL.canParse(url) ? new URL(url) : null;
}
