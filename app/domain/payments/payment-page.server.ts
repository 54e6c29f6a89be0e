import type { AppContext } from "~/context.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { hasXenditKey } from "../checks/has-xendit-key.server.ts";
import { listChecks } from "../checks/list-checks.server.ts";
import { listNotes } from "../notes/list-notes.server.ts";
import type { Operator } from "../operators/operator.ts";
import { findPaymentGroup } from "../reconciliation/find-payment-group.server.ts";
import { findPayment } from "./find-payment.server.ts";
import { listPaymentReplays } from "./payment-replays.server.ts";
import { listPaymentSteps } from "./payment-steps.server.ts";
import { paymentTimeline } from "./payment-timeline.ts";

export type PaymentPage = NonNullable<Awaited<ReturnType<typeof readPaymentPage>>>;

interface Asked {
  readonly paymentRequestId: string;
  /** `null` looks wherever the operator may. */
  readonly environment: Environment | null;
  /** UTC milliseconds. */
  readonly now: number;
}

/**
 * Everything the page of one payment shows, and what this operator may do there; `null` when the payment is absent or not
 * theirs to see. The operator's scope is narrowed to `payments:read`.
 */
export async function readPaymentPage(
  { db, config }: Pick<AppContext, "db" | "config">,
  operator: Operator,
  { now, ...asked }: Asked,
) {
  const detail = await findPayment(db, operator.scope, asked);
  if (!detail) return null;
  const { environment } = detail.request;
  const reconciles = operator.can("reconciliation:read", environment);
  const [steps, replays, checks, hasKey, notes, reconciliation] = await Promise.all([
    listPaymentSteps(db, detail.request),
    listPaymentReplays(db, detail.events),
    listChecks(db, operator.scope, detail.request),
    hasXenditKey(db, config, environment),
    listNotes(db, operator, detail.request),
    reconciles ? findPaymentGroup(db, detail.request) : null,
  ]);
  return {
    detail,
    checks,
    /** Whether Xendit can be asked from here at all. */
    hasKey,
    notes,
    /** `null` for those who may not read it, and before a match. */
    reconciliation,
    timeline: paymentTimeline({ ...detail, steps, replays, checks, notes }, now),
    /** The id a new note will have: a form that is sent twice adds one. */
    noteId: newId("note"),
    can: {
      check: operator.can("xendit:check", environment),
      note: operator.can("notes:write", environment),
      export: operator.can("export:csv", environment),
      reveal: operator.can("pii:reveal", environment),
      replay: operator.can("replays:send", environment),
    },
  };
}
