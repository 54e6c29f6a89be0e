import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Operator } from "../operators/operator.ts";
import type { Permission } from "../operators/permissions.ts";
import { acceptExceptions } from "./accept-exceptions.server.ts";
import { assignExceptions } from "./assign-exceptions.server.ts";
import { commentException } from "./comment-exception.server.ts";
import type { Answers, ExceptionRefusal } from "./exception.ts";
import type { ExceptionForm, ExceptionIntent } from "./exception-forms.ts";
import { linkRow } from "./link-row.server.ts";
import { reopenExceptions } from "./reopen-exceptions.server.ts";
import { unlinkRow } from "./unlink-row.server.ts";
import { writeOffExceptions } from "./write-off-exceptions.server.ts";

export interface ChangeException {
  readonly environment: Environment;
  readonly groupKey: string;
  readonly change: ExceptionForm;
  /** `scope` is already narrowed to what the intent takes. */
  readonly operator: Operator;
  readonly now: Date;
}

/** What one exception's page does. Answers with the group to go to, which a link may have changed, and words for it. */
export async function changeException(
  db: Database,
  { change, groupKey, ...by }: ChangeException,
): Promise<Result<{ groupKey: string; text: string }, ExceptionRefusal>> {
  switch (change.intent) {
    case "assign": {
      const answers = await assignExceptions(db, { ...by, groupKeys: [groupKey], assigneeId: change.assignee });
      return answerOf(answers, change.assignee === null ? "Assigned to nobody" : "Assigned");
    }
    case "comment": {
      const { commentId, text } = change;
      const commented = await commentException(db, { ...by, groupKey, commentId, text });
      return commented.ok ? ok({ groupKey, text: "Comment added" }) : commented;
    }
    case "accept":
      return answerOf(await acceptExceptions(db, { ...by, accepted: [{ ...change, groupKey }] }), "Accepted");
    case "write-off":
      return answerOf(await writeOffExceptions(db, { ...by, writtenOff: [{ ...change, groupKey }] }), "Written off");
    case "reopen":
      return answerOf(await reopenExceptions(db, { ...by, reopened: [{ ...change, groupKey }] }), "Open again");
    case "link":
    case "link-none": {
      const to = change.intent === "link" ? change.to : null;
      const linked = await linkRow(db, { ...by, groupKey, ...change, to });
      return linked.ok
        ? ok({ ...linked.value, text: to === null ? "Linked to no payment" : "Linked by hand" })
        : linked;
    }
    case "unlink": {
      const unlinked = await unlinkRow(db, { ...by, groupKey, transactionId: change.transactionId });
      return unlinked.ok ? ok({ ...unlinked.value, text: "Link taken back" }) : unlinked;
    }
  }
}

function answerOf(
  { done, refused: not }: Answers,
  text: string,
): Result<{ groupKey: string; text: string }, ExceptionRefusal> {
  const [groupKey] = done;
  if (groupKey !== undefined) return ok({ groupKey, text });
  const [first] = not;
  return first ? refused(first.refusal, first.detail) : refused("absent");
}

/** What each thing on the page takes. Comments are notes: whoever reads reconciliation and writes notes may add one. */
export function permissionOf(intent: unknown): Permission {
  const others: Partial<Record<ExceptionIntent, Permission>> = {
    comment: "notes:write",
    "write-off": "reconciliation:write-off",
  };
  return others[intent as ExceptionIntent] ?? "reconciliation:resolve";
}

/** The field that a refusal is said beside; what concerns none of them stands above the form. */
export function fieldOf(refusal: ExceptionRefusal): string {
  if (refusal === "payment_unknown" || refusal === "payment_ambiguous" || refusal === "linked_already") return "to";
  if (refusal === "card_number" || refusal === "cvn" || refusal === "too_many_comments") return "text";
  return refusal === "assignee_unknown" || refusal === "assignee_may_not_see" ? "assignee" : "form";
}
