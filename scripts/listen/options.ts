import { parseArgs } from "node:util";
import { newSigningSecret } from "../../app/domain/destinations/standard-webhooks.ts";
import { parseSince } from "../../app/domain/listen/since.ts";
import { ENVIRONMENTS, type Environment, isEnvironment } from "../../app/lib/environment.ts";

export const USAGE = `Usage: npm run listen -- --to URL [options]

Brings webhooks that Paydesk stored, and those that arrive, to an address this machine reaches.

  --to URL               where to send them: http://localhost:4000/hook
  --since WHEN           begin in the past: 30m, 2h, 7d, or 2026-05-04T00:00:00Z; without it, only what arrives now
  --until WHEN           leave out what arrived later; ends after the backfill
  --type TYPE            only payment.capture, or payment.* for all that begin so; repeat for several
  --payment pr-…         only webhooks of one payment
  --environment NAME     ${ENVIRONMENTS.join(", ")}; without it, the one this Paydesk starts in
  --exit-after-backfill  ends instead of waiting for more; exit code 1 when something was not delivered

  --header 'Name: value' sent with every webhook; repeat for several
  --signing-secret KEY   whsec_… to sign with; without it, one is made for this run and printed
  --concurrency N        payments at once, 1 to 16 (1); those of one payment always go in order
  --print-body           prints each body: it holds personal data
  --json                 one JSON object a line instead of text

  --server URL           Paydesk's address (PUBLIC_URL, else http://127.0.0.1:3000)
  --token TOKEN          a personal access token; better in PAYDESK_TOKEN, which is in no process list
  --help                 this text

Tokens are made under Settings, Access tokens. Ctrl-C ends. The rest is in docs/listen.md.
`;

export interface Options {
  readonly to: URL;
  readonly server: URL;
  readonly token: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly types: readonly string[];
  readonly payment: string | null;
  readonly environment: Environment | null;
  readonly headers: readonly (readonly [string, string])[];
  readonly signingSecret: string;
  /** It was made for this run, so it has to be told. */
  readonly isSecretNew: boolean;
  readonly concurrency: number;
  readonly printsBody: boolean;
  readonly json: boolean;
  readonly exitsAfterBackfill: boolean;
}

/** What was typed cannot be used; the message is for whoever typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/** `null` when only help was asked for. */
export function readOptions(args: readonly string[], env: Variables): Options | null {
  const values = parse(args);
  if (values.help) return null;
  if (values.to === undefined) throw new UsageError("Say where to send them: --to http://localhost:4000/hook");
  const to = httpUrl("--to", values.to);
  const server = httpUrl("--server", values.server ?? env.PUBLIC_URL ?? "http://127.0.0.1:3000");
  if (isSamePlace(to, server)) throw new UsageError("--to is Paydesk itself: webhooks would go in a circle.");
  const token = values.token ?? env.PAYDESK_TOKEN ?? "";
  if (token === "") {
    throw new UsageError("Set PAYDESK_TOKEN to a personal access token: Paydesk, Settings, Access tokens.");
  }
  const now = Date.now();
  return {
    to,
    server,
    token,
    since: moment("--since", values.since, now),
    until: moment("--until", values.until, now),
    types: values.type ?? [],
    payment: values.payment ?? null,
    environment: environmentOf(values.environment),
    headers: (values.header ?? []).map(headerOf),
    signingSecret: secretOf(values["signing-secret"]),
    isSecretNew: values["signing-secret"] === undefined,
    concurrency: concurrencyOf(values.concurrency),
    printsBody: values["print-body"] ?? false,
    json: values.json ?? false,
    // What has an end in the past has nothing to wait for.
    exitsAfterBackfill: (values["exit-after-backfill"] ?? false) || values.until !== undefined,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        to: { type: "string" },
        since: { type: "string" },
        until: { type: "string" },
        type: { type: "string", multiple: true },
        payment: { type: "string" },
        environment: { type: "string" },
        header: { type: "string", multiple: true },
        server: { type: "string" },
        token: { type: "string" },
        "signing-secret": { type: "string" },
        concurrency: { type: "string" },
        "print-body": { type: "boolean" },
        "exit-after-backfill": { type: "boolean" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function httpUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(`${name} must be an http or https URL.`);
  if (url.username || url.password) throw new UsageError(`${name} must not hold a user name or password.`);
  return url;
}

/** All names of this machine's loopback are one place. */
function isSamePlace(one: URL, other: URL): boolean {
  const place = ({ protocol, hostname, port }: URL) => {
    const isLoopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])\.?$/.test(hostname);
    return `${isLoopback ? "loopback" : hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
  };
  return place(one) === place(other);
}

/** "2h" becomes an instant here, once: a later request must not move it. */
function moment(name: string, text: string | undefined, now: number): string | null {
  if (text === undefined) return null;
  const at = parseSince(text, now);
  if (at === null) throw new UsageError(`${name} must be 30m, 2h, 7d, or an instant such as 2026-05-04T00:00:00Z.`);
  if (at > now) throw new UsageError(`${name} must lie in the past.`);
  return new Date(at).toISOString();
}

function environmentOf(text: string | undefined): Environment | null {
  if (text === undefined) return null;
  if (!isEnvironment(text)) throw new UsageError(`--environment must be one of ${ENVIRONMENTS.join(", ")}.`);
  return text;
}

function headerOf(text: string): readonly [string, string] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\x20-\x7e]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError("--header must be 'Name: value'.");
  return [name.toLowerCase(), value];
}

function secretOf(text: string | undefined): string {
  if (text === undefined) return newSigningSecret();
  if (!/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/.test(text)) {
    throw new UsageError("--signing-secret must be whsec_ and base64 of at least 16 bytes.");
  }
  return text;
}

function concurrencyOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > 16) throw new UsageError("--concurrency must be a whole number from 1 to 16.");
  return value;
}
