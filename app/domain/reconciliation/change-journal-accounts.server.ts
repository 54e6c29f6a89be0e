import type { Database } from "~/db.server.ts";
import { type FieldErrors, type FieldValues, parseForm } from "~/lib/form.ts";
import { saveJournalAccounts } from "./journal-accounts.server.ts";
import { AccountCodes } from "./journal-accounts.ts";

/** What the accounts' form sends (`intent` journal-accounts). Takes `reconciliation:rules`. */
export async function changeJournalAccounts(
  db: Database,
  asked: {
    readonly form: FormData;
    readonly operator: { readonly operatorId: string; readonly email: string };
    readonly now: Date;
  },
): Promise<
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly errors: FieldErrors; readonly values: FieldValues }
> {
  const parsed = parseForm(AccountCodes, asked.form);
  if (!parsed.ok) return parsed;
  await saveJournalAccounts(db, { codes: parsed.value, operator: asked.operator, now: asked.now });
  return { ok: true, text: "Journal accounts saved" };
}
