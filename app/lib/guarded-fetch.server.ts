import { lookup as dnsLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { Agent, request } from "undici";
import { addressProblem, comparableAddress } from "./address-guard.ts";
import { isPortOfOthers } from "./bad-ports.ts";

/** Where a request may go. Everything else that is not a public address is blocked. */
export interface FetchPolicy {
  /** Loopback receivers, for people developing on this machine. Private networks stay closed. */
  readonly allowLoopback: boolean;
  /** Networks (CIDR) that are reached although they are not public: the setting of `/settings/destinations`. */
  readonly allowNetworks?: readonly string[];
  /** Host names, lower case, that may lie in a private network. */
  readonly allowHosts?: readonly string[];
  /** Origins that are reached whatever their address: our own capture endpoint, for the sandbox. */
  readonly allowOrigins?: readonly string[];
  /** Origins of this server, which must never be called by this route; any name or address of theirs counts. */
  readonly refuseOrigins?: readonly string[];
  readonly timeoutMs?: number;
  /** How much of an answer is read; the rest is dropped and the connection closed. */
  readonly maxBodyBytes?: number;
  /** Stops the request when the work it belongs to is stopped. */
  readonly signal?: AbortSignal;
  /** Name to addresses; the system's resolver unless a test gives another. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
}

export interface GuardedRequest {
  readonly method?: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** What became of a request. `blocked` never left this machine; `refused` found nobody who would answer. */
export type GuardedAnswer = { readonly latencyMs: number } & (
  | {
      readonly outcome: "http";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      readonly truncated: boolean;
    }
  | { readonly outcome: "timeout" }
  | { readonly outcome: "refused"; readonly reason: string }
  | { readonly outcome: "blocked"; readonly reason: string }
);

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BODY_BYTES = 64 * 1024;

/**
 * One HTTP request to an address somebody typed. The addresses that are checked are the ones dialled: the check sits in
 * the connection's own name lookup, so a name that answers differently the second time gains nothing. Redirects are
 * not followed. Never throws for what the other side does.
 */
export async function guardedFetch(url: string, init: GuardedRequest, policy: FetchPolicy): Promise<GuardedAnswer> {
  const startedAt = performance.now();
  const latencyMs = () => Math.round(performance.now() - startedAt);
  const target = parseTarget(url);
  if (typeof target === "string") return { outcome: "blocked", reason: target, latencyMs: 0 };

  const guard = createGuard(target, policy);
  const problem = guard.literalProblem();
  if (problem) return { outcome: "blocked", reason: problem, latencyMs: latencyMs() };

  const timeout = AbortSignal.timeout(policy.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const agent = new Agent({ connect: { lookup: guard.lookup }, pipelining: 0 });
  try {
    const response = await request(target, {
      method: init.method ?? "POST",
      headers: { ...init.headers },
      body: init.body ?? null,
      dispatcher: agent,
      signal: policy.signal ? AbortSignal.any([timeout, policy.signal]) : timeout,
    });
    const answer = await readCapped(response.body, policy.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES);
    const headers = flatHeaders(response.headers);
    return { outcome: "http", status: response.statusCode, headers, ...answer, latencyMs: latencyMs() };
  } catch (error) {
    if (guard.blocked()) return { outcome: "blocked", reason: guard.blocked() ?? "", latencyMs: latencyMs() };
    if (timeout.aborted || isTimeout(error)) return { outcome: "timeout", latencyMs: latencyMs() };
    return { outcome: "refused", reason: reasonOf(error), latencyMs: latencyMs() };
  } finally {
    // Not awaited: a receiver that keeps its half open must not hold up the caller.
    void agent.destroy();
  }
}

/** Whether a typed URL could ever be allowed, without asking DNS: for forms. `null` when nothing speaks against it. */
export function urlProblem(url: string, policy: FetchPolicy): string | null {
  const target = parseTarget(url);
  if (typeof target === "string") return target;
  return createGuard(target, policy).literalProblem();
}

function parseTarget(url: string): URL | string {
  if (!URL.canParse(url)) return "This is not a URL.";
  const target = new URL(url);
  if (target.protocol !== "http:" && target.protocol !== "https:") return "Only http and https can be sent to.";
  if (target.username || target.password) return "A URL with a name or password in it is not accepted.";
  if (isPortOfOthers(portOf(target))) return "This port belongs to another protocol and is not sent to.";
  return target;
}

interface Guard {
  /** For addresses written as numbers: the socket never asks the lookup about those. */
  literalProblem(): string | null;
  readonly lookup: LookupFunction;
  blocked(): string | null;
}

function createGuard(target: URL, policy: FetchPolicy): Guard {
  const hostname = bareHost(target);
  const port = portOf(target);
  const exempt = policy.allowOrigins?.includes(target.origin) ?? false;
  const ownOrigins = (policy.refuseOrigins ?? []).map((origin) => new URL(origin));
  const resolve = policy.resolve ?? systemResolve;
  const rules = {
    allowLoopback: policy.allowLoopback,
    allowNetworks: policy.allowNetworks,
    allowPrivate: policy.allowHosts?.includes(hostname) ?? false,
  };
  let blockedFor: string | null = null;

  const problemOf = (address: string, own: ReadonlySet<string>) => {
    if (own.has(comparableAddress(address)) && ownOrigins.some((origin) => portOf(origin) === port))
      return "This is Paydesk itself.";
    return exempt ? null : addressProblem(address, rules);
  };

  const check = async (): Promise<readonly string[]> => {
    const addresses = await resolve(hostname);
    const own = await ownAddresses(ownOrigins, port, resolve);
    for (const address of addresses) {
      blockedFor ??= problemOf(address, own);
    }
    if (blockedFor) throw new Error(blockedFor);
    return addresses;
  };

  return {
    literalProblem() {
      if (ownOrigins.some((origin) => sameHostAndPort(origin, target))) return "This is Paydesk itself.";
      if (isIP(hostname)) return problemOf(hostname, interfaceAddresses());
      // Whatever a name server says of it, this name is loopback (RFC 6761); said while it is typed, not at every delivery.
      return isLocalhost(hostname) && !exempt ? addressProblem("127.0.0.1", rules) : null;
    },
    lookup: (_hostname, options, callback) => {
      check().then(
        (addresses) => {
          const found = addresses.map((address) => ({ address, family: isIP(address) }));
          const [first] = found;
          if (!first) callback(Object.assign(new Error(`${hostname} has no address.`), { code: "ENOTFOUND" }), "");
          else if (options.all) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (error: Error) => callback(error, ""),
      );
    },
    blocked: () => blockedFor,
  };
}

/** Every address at which this server's own origins answer, as long as the port is the same. */
async function ownAddresses(
  origins: readonly URL[],
  port: string,
  resolve: (hostname: string) => Promise<readonly string[]>,
): Promise<ReadonlySet<string>> {
  const own = new Set(interfaceAddresses());
  for (const origin of origins.filter((one) => portOf(one) === port)) {
    const hostname = bareHost(origin);
    const addresses = isIP(hostname) ? [hostname] : await resolve(hostname).catch(() => []);
    for (const address of addresses) own.add(comparableAddress(address));
  }
  return own;
}

/** This machine's addresses, comparable, with loopback and "any". */
function interfaceAddresses(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  return new Set([...addresses, "127.0.0.1"].map(comparableAddress));
}

function isLocalhost(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost");
}

function sameHostAndPort(a: URL, b: URL): boolean {
  return bareHost(a) === bareHost(b) && portOf(a) === portOf(b);
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

function portOf(url: URL): string {
  return url.port || (url.protocol === "https:" ? "443" : "80");
}

async function systemResolve(hostname: string): Promise<readonly string[]> {
  const found = await dnsLookup(hostname, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

async function readCapped(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  limit: number,
): Promise<{ body: Uint8Array; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > limit) break;
  }
  body.destroy();
  return { body: new Uint8Array(Buffer.concat(chunks).subarray(0, limit)), truncated: size > limit };
}

function flatHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

function isTimeout(error: unknown): boolean {
  const code = codeOf(error);
  return code === "UND_ERR_CONNECT_TIMEOUT" || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT";
}

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** A code rather than a message: messages of sockets and TLS repeat addresses and certificates at length. */
function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}
