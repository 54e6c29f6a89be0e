import { and, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { isMissingInReport } from "~/xendit/reconcile/classes.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { readAccountingZone } from "./accounting-zone.server.ts";
import { decidingSentence, suggestedPayments } from "./deciding-sentence.ts";
import { factsOf } from "./group-facts.ts";
import { LINES_CAP, readGroupPayment } from "./group-payment.server.ts";
import { readGroupRows } from "./group-rows.server.ts";
import { readWords } from "./group-words.server.ts";
import { pairLines } from "./pair-lines.ts";
import { readRules } from "./read-rules.server.ts";
import { isDayReported } from "./report-coverage.server.ts";
import { rowCosts } from "./row-costs.ts";
import { runningDifference, takenBack } from "./running-difference.ts";
import { writeOffOf } from "./write-off.ts";

interface Asked {
  readonly environment: Environment;
  readonly groupKey: string;
}

export type Exception = NonNullable<Awaited<ReturnType<typeof findException>>>;
export type ExceptionGroup = Tables["reconciliationGroups"]["$inferSelect"];

/** One group with both sides laid out, what people said and decided; `null` when absent or not theirs. */
export async function findException(db: Database, scope: Scope, asked: Asked) {
  const group = await findGroup(db, scope, asked);
  if (!group) return null;
  const { environment, groupKey, currency } = group;
  const [payment, { rows, tellings }, words, rules, closed, zone] = await Promise.all([
    readGroupPayment(db, group),
    readGroupRows(db, group),
    readWords(db, group),
    readRules(db, environment),
    findClosedDay(db, group),
    readAccountingZone(db),
  ]);
  const isReported = isMissingInReport(group.class)
    ? await isDayReported(db, scope, { environment, day: group.day, zone })
    : null;
  const facts = factsOf(groupKey, payment, rows);
  const isWhole = rows.length === group.rows && [payment?.captures, payment?.refunds, rows].every(isBelowCap);
  const links = rows.flatMap(({ link }) => (link ? [link] : []));
  return {
    group,
    sentence: decidingSentence(group),
    suggestions: suggestedPayments(group.explanation),
    /** Of a group of more lines than a page draws only the totals are told. */
    laid: isWhole
      ? {
          running: runningDifference(facts, currency),
          takenBack: takenBack(facts),
          pairs: pairLines(facts, payment?.disputes ?? []),
        }
      : null,
    costs: rowCosts(facts, rules),
    reference: payment?.request.referenceId ?? null,
    paymentStatus: payment?.request.status ?? null,
    rows: rows.map(({ transactionId, type, reference, disagreements }) => ({
      ...{ transactionId, type, reference, disagreements },
      link: links.find((link) => link.transactionId === transactionId) ?? null,
    })),
    tellings,
    ...words,
    /** Who closed its day and when; what changes now is an adjustment of an open day. */
    closed,
    zone,
    /** Of what no report names: whether one covers its day; `null` where it is of no matter or not told. */
    isReported,
    writeOff: writeOffOf(group, rules),
  };
}

function isBelowCap(lines: readonly unknown[] | undefined): boolean {
  return lines === undefined || lines.length < LINES_CAP;
}

async function findGroup(db: Database, scope: Scope, { environment, groupKey }: Asked): Promise<ExceptionGroup | null> {
  if (!scope.environments.includes(environment)) return null;
  const { reconciliationGroups: table } = db.tables;
  const [group = null] = await db.read
    .select()
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.groupKey, groupKey), inBusiness(table.businessId, scope)));
  return group;
}

async function findClosedDay(db: Database, { environment, day }: ExceptionGroup) {
  const { closedDays: table } = db.tables;
  const [closed = null] = await db.read
    .select({ closedAt: table.closedAt, closedBy: table.closedBy })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.day, day)));
  return closed;
}
