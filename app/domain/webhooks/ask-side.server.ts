import { desc, eq } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { askXendit } from "../checks/ask-xendit.server.ts";
import type { CheckOptions } from "../checks/check-payment.server.ts";
import type { DiffSide } from "./diff-side.ts";

export type AskedSide =
  | { readonly ok: true; readonly side: DiffSide & { kind: "answer" } }
  | { readonly ok: false; readonly text: string };

/**
 * Asks Xendit for what one side of a comparison names, keeps the answer and says under which observation. An answer that
 * was given before keeps the observation it has.
 */
export async function askSide(
  db: Database,
  { id, environment }: { readonly id: string; readonly environment: Environment },
  options: CheckOptions,
): Promise<AskedSide> {
  const asked = await askXendit(db, { id, environment }, options);
  if (!asked.ok && asked.refusal !== "not_shown") return { ok: false, text: asked.text };
  const { checks } = db.tables;
  const [latest] = await db.read
    .select({ answers: checks.answers, askedId: checks.askedId })
    .from(checks)
    .where(eq(checks.operatorId, options.by.operatorId))
    .orderBy(desc(checks.at), desc(checks.checkId))
    .limit(1);
  const answer = latest?.askedId === id ? latest.answers.find((one) => one.id === id) : undefined;
  if (!answer?.observationId) return { ok: false, text: answer?.message ?? "Xendit told nothing that could be read." };
  return { ok: true, side: { kind: "answer", observationId: answer.observationId } };
}
