import { and, desc, eq, isNotNull } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import type { Scope } from "../../lib/scope.ts";
import { readSavedCards, type SavedCardChoice } from "../sandbox-control.server.ts";

/** What stands in the way of a session in an environment, and what Xendit would say to it. */
export interface Obstacle {
  readonly title: string;
  readonly text: string;
  /** Without it, starting makes no sense at all. */
  readonly stops: boolean;
}

export interface NewSessionPage {
  readonly environment: Environment;
  readonly savedCards: readonly SavedCardChoice[];
  /** The sandbox lists its cards; Xendit has no such list, so a token id is typed. */
  readonly cardsAreListed: boolean;
  readonly hasLevers: boolean;
  readonly obstacles: readonly Obstacle[];
}

export async function findNewSessionPage(
  db: Database,
  config: Config,
  environment: Environment,
): Promise<NewSessionPage> {
  const listed = environment === "sandbox" ? await readSavedCards(db, config) : null;
  return {
    environment,
    savedCards: listed ?? (await cardsSeen(db, environment)),
    cardsAreListed: listed !== null,
    hasLevers: environment === "sandbox",
    obstacles: obstaclesOf(config, environment),
  };
}

/** The environment to start in when none was asked for: the installation's own, unless nothing can be started there. */
export function startingEnvironment(config: Config, scope: Scope): Environment | null {
  const all = [config.defaultEnvironment, "test", "sandbox"] as const;
  const mine = all.filter((one) => scope.environments.includes(one));
  const isSetUp = (one: Environment) => (one === "sandbox" ? config.sandbox : config.xendit[one] !== null);
  return mine.find((one) => one !== "live" && isSetUp(one)) ?? mine[0] ?? null;
}

/** With a live key and nothing else, there is no place to start a session in: only the refusal can be shown. */
export function isLiveOnly(config: Config): boolean {
  return config.defaultEnvironment === "live" && config.xendit.test === null && !config.sandbox;
}

/** What will be refused, said before it is sent. */
export function obstaclesOf(config: Config, environment: Environment): readonly Obstacle[] {
  if (environment === "live") {
    return [
      {
        title: "Sessions are not started with a live key",
        text: "A live session charges a real card. Switch to Sandbox or Test.",
        stops: true,
      },
    ];
  }
  if (environment === "sandbox") return config.sandbox ? [] : [sandboxOff];
  const keys = config.xendit.test;
  if (!keys) return [noTestKey];
  const obstacles: Obstacle[] = [];
  if (!keys.publicKey) obstacles.push(noPublicKey);
  if (!isPublicHttps(config)) obstacles.push(notPublic(config.publicUrl));
  return obstacles;
}

const sandboxOff: Obstacle = {
  title: "The sandbox is off",
  text: "Set PAYDESK_SANDBOX=1 to keep it beside a Xendit key.",
  stops: true,
};

const noTestKey: Obstacle = {
  title: "There is no test key",
  text: "Set XENDIT_SECRET_KEY to a key that begins with xnd_development_, or use the sandbox.",
  stops: true,
};

const noPublicKey: Obstacle = {
  title: "The CVN step needs a public key",
  text: "Xendit's script in the browser works with a public key. Set XENDIT_PUBLIC_KEY to one that begins with xnd_public_development_.",
  stops: true,
};

function notPublic(publicUrl: string): Obstacle {
  return {
    title: "Xendit will refuse the return addresses",
    text: `They begin with ${publicUrl}, and Xendit takes only public https addresses (INVALID_URL). It also sends webhooks only to public https addresses, so none would reach this machine; results are then asked for through the API. Set PUBLIC_URL to a public https address.`,
    stops: false,
  };
}

function isPublicHttps({ publicUrl, loopback }: Config): boolean {
  return publicUrl.startsWith("https://") && !loopback;
}

/** Cards that were paid with before, as suggestions; any other token id may be typed. */
async function cardsSeen(
  { read, tables: { paymentRequests: table } }: Database,
  environment: Environment,
): Promise<readonly SavedCardChoice[]> {
  const rows = await read
    .select({ token: table.paymentTokenId, network: table.network })
    .from(table)
    .where(and(eq(table.environment, environment), isNotNull(table.paymentTokenId)))
    .orderBy(desc(table.sortAt), desc(table.paymentRequestId))
    .limit(100);
  const networks = new Map(rows.map(({ token, network }) => [token ?? "", network]));
  return [...networks].slice(0, 10).map(([value, network]) => ({ value, label: network ?? "a card paid with before" }));
}
