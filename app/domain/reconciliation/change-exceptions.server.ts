import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { type FieldErrors, parseForm } from "~/lib/form.ts";
import type { Operator } from "../operators/operator.ts";
import { acceptExceptions } from "./accept-exceptions.server.ts";
import { assignExceptions } from "./assign-exceptions.server.ts";
import type { Answers } from "./exception.ts";
import { AssignSeveral, ResolveSeveral } from "./exception-forms.ts";
import { writeOffExceptions } from "./write-off-exceptions.server.ts";

interface Asked {
  readonly form: FormData;
  readonly environment: Environment;
  /** `scope` is already narrowed to what the intent takes. */
  readonly operator: Operator;
  readonly now: Date;
}

export type ChangedSeveral =
  | { readonly ok: true; readonly answers: Answers; readonly verb: string }
  | { readonly ok: false; readonly errors: FieldErrors };

/** What the selection bar of the work list sends: each chosen exception is answered for. */
export async function changeExceptions(db: Database, { form, ...by }: Asked): Promise<ChangedSeveral> {
  if (form.get("intent") === "assign") {
    const parsed = parseForm(AssignSeveral, form);
    if (!parsed.ok) return parsed;
    const { group, assignee: assigneeId } = parsed.value;
    const groupKeys = group.map((one) => one.groupKey);
    const answers = await assignExceptions(db, { ...by, groupKeys, assigneeId });
    return { ok: true, answers, verb: assigneeId === null ? "assigned to nobody" : "assigned" };
  }
  const parsed = parseForm(ResolveSeveral, form);
  if (!parsed.ok) return parsed;
  const { intent, group, reason } = parsed.value;
  const resolved = group.map((one) => ({ ...one, reason }));
  if (intent === "accept") {
    return { ok: true, answers: await acceptExceptions(db, { ...by, accepted: resolved }), verb: "accepted" };
  }
  return { ok: true, answers: await writeOffExceptions(db, { ...by, writtenOff: resolved }), verb: "written off" };
}
