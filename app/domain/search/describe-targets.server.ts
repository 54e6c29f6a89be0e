import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { DescribedTarget, Target, TargetKind } from "./search-answer.ts";
import {
  describedPayment,
  describedSession,
  describedWebhook,
  paymentColumns,
  sessionColumns,
  webhookColumns,
} from "./target-rows.server.ts";

/** Those of the targets that are there and within the scope, newest first. By key; up to a thousand or so. */
export async function describeTargets(
  db: Database,
  scope: Scope,
  targets: readonly Target[],
): Promise<readonly DescribedTarget[]> {
  const described = await Promise.all(
    scope.environments.flatMap((environment) => {
      const idsOf = (kind: TargetKind) =>
        targets.filter((one) => one.environment === environment && one.kind === kind).map(({ id }) => id);
      return [
        describePayments(db, scope, { environment, ids: idsOf("payment") }),
        describeSessions(db, scope, { environment, ids: idsOf("session") }),
        describeWebhooks(db, scope, { environment, ids: idsOf("webhook") }),
      ];
    }),
  );
  return described.flat().sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

interface Asked {
  readonly environment: Environment;
  readonly ids: readonly string[];
}

async function describePayments({ read, tables }: Database, scope: Scope, { environment, ids }: Asked) {
  if (ids.length === 0) return [];
  const { paymentRequests: table } = tables;
  const rows = await read
    .select(paymentColumns(tables))
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        inArray(table.paymentRequestId, [...new Set(ids)]),
        inBusiness(table.businessId, scope),
      ),
    );
  return rows.map(describedPayment);
}

async function describeSessions({ read, tables }: Database, scope: Scope, { environment, ids }: Asked) {
  if (ids.length === 0) return [];
  const { sessions: table } = tables;
  const rows = await read
    .select(sessionColumns(tables))
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        inArray(table.paymentSessionId, [...new Set(ids)]),
        inBusiness(table.businessId, scope),
      ),
    );
  return rows.map(describedSession);
}

async function describeWebhooks({ read, tables }: Database, scope: Scope, { environment, ids }: Asked) {
  if (ids.length === 0) return [];
  const { events: table } = tables;
  const rows = await read
    .select(webhookColumns(tables))
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        inArray(table.eventId, [...new Set(ids)]),
        inBusiness(table.businessId, scope),
      ),
    );
  return rows.map(describedWebhook);
}
