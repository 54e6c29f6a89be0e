import { setTimeout as wait } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import { MINUTE, SECOND, toIso } from "~/lib/time.ts";
import type { TransactionsAnswer } from "~/xendit/api-answers.ts";
import type { ApiError } from "~/xendit/api-errors.ts";
import { readApiTransaction } from "~/xendit/report/read-api-transaction.ts";
import { xenditFor } from "../sessions/xendit-for.server.ts";
import { endImport, type OpenImport } from "./end-import.server.ts";
import { importRefusals } from "./import.ts";

/** FACTS 8.1: Xendit names no maximum; this is what we assume. */
const PAGE = 50;
/** What a page that could not be had is asked for again, longer apart each time. */
const MOST_TRIES = 8;
const LONGEST_PAUSE = 2 * MINUTE;
/** What another try can help against. */
const PASSING: ReadonlySet<ApiError["kind"]> = new Set(["unavailable", "timeout", "unreachable", "unreadable"]);

type Work = Pick<AppContext, "db" | "config" | "signals"> & {
  /** Milliseconds before the second try; doubled for each after. */
  readonly firstPause?: number;
};

/** Reads a period of `GET /transactions` page by page, going on after the last transaction that was taken in. */
export async function importPull(work: Work, open: OpenImport, signal: AbortSignal): Promise<void> {
  const access = await xenditFor(work.db, work.config, open.environment);
  if (!access) return endImport(work, open, { state: "failed", problem: importRefusals.no_key });
  let stand = { position: open.position, cursor: open.cursor };
  let tries = 0;
  while (!signal.aborted) {
    const page = { from: toIso(open.from ?? 0), to: toIso(open.to ?? 0), after: stand.cursor, limit: PAGE };
    const answer = await access.client.listTransactions(page, { signal });
    if (!answer.ok) {
      const { error } = answer;
      if (error.kind === "aborted") return;
      tries = error.kind === "rate_limited" ? tries : tries + 1;
      const isOver = error.kind !== "rate_limited" && (!PASSING.has(error.kind) || tries >= MOST_TRIES);
      if (isOver) return endImport(work, open, { state: "failed", problem: wordsOf(error) });
      const ms = pauseOf(error, tries, work.firstPause ?? SECOND);
      await sayWaiting(work.db, open, waitingFor(error, ms));
      await pause(ms, signal);
      continue;
    }
    tries = 0;
    const next = await takePage(work.db, open, { stand, body: answer.body });
    if (!next) return;
    stand = next;
    if (!answer.body.hasMore) return endImport(work, open, { state: "imported", problem: null });
    if (answer.body.data.length === 0 || stand.cursor === null) {
      const problem = "Xendit said that there is more, and sent nothing to go on from. What came before was kept.";
      return endImport(work, open, { state: "failed", problem });
    }
  }
}

interface Stand {
  readonly position: number;
  readonly cursor: string | null;
}

/** Where it stands after the page; `null` when the pull was cancelled meanwhile. */
async function takePage(
  db: Database,
  { importId, environment }: OpenImport,
  { stand, body }: { stand: Stand; body: TransactionsAnswer },
): Promise<Stand | null> {
  const read = body.data.map((one, index) => readApiTransaction(one, stand.position + index + 1));
  const last = body.data.at(-1)?.id;
  const next = {
    position: stand.position + body.data.length,
    cursor: typeof last === "string" ? last : stand.cursor,
  };
  const written = await db.importRows({
    environment,
    importId,
    rows: read.flatMap((one) => (one.ok ? [one.row] : [])),
    bad: read.flatMap((one) => (one.ok ? [] : one.problems)),
    startsAt: stand.position,
    ...next,
    lines: next.position,
    kind: "pull",
    version: null,
    zone: null,
    from: null,
    to: null,
  });
  return written.isTaken ? next : null;
}

function pauseOf(error: ApiError, tries: number, first: number): number {
  if (error.kind === "rate_limited") return Math.ceil((error.retryAfterSeconds ?? 60) * SECOND);
  return Math.min(LONGEST_PAUSE, first * 2 ** (tries - 1));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return wait(ms, undefined, { signal, ref: false }).catch(() => {});
}

/** Until the next page is there, which takes it back. */
async function sayWaiting(db: Database, { importId }: OpenImport, problem: string): Promise<void> {
  const { reportImports: table } = db.tables;
  const isUnderWay = and(eq(table.importId, importId), eq(table.state, "importing"));
  // One that was cancelled meanwhile waits for nothing.
  await db.write([{ query: db.read.update(table).set({ problem }).where(isUnderWay), rows: 1 }]);
}

function waitingFor({ kind, message }: ApiError, ms: number): string {
  const within = `within ${Math.ceil(ms / SECOND)} s.`;
  return kind === "rate_limited"
    ? `Xendit takes no more calls for now; it goes on by itself ${within}`
    : `${message} It is tried again ${within}`;
}

function wordsOf({ message, received }: ApiError): string {
  return `${message}${received ? ` Xendit said: ${received}` : ""} What came before was kept; trying again goes on from there.`;
}
