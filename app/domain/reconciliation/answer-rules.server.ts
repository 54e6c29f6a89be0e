import type { AppContext } from "~/context.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import type { Operator } from "../operators/operator.ts";
import { changeAccountingZone } from "./accounting-zone.server.ts";
import { zoneRefusals } from "./accounting-zone.ts";
import { changeJournalAccounts } from "./change-journal-accounts.server.ts";
import { changeRules, findRules, ruleRefusals } from "./change-rules.server.ts";
import { previewRules } from "./preview-rules.server.ts";
import type { RulePreview } from "./rule-preview.ts";
import { areSameRules, parseRules } from "./rules-form.ts";

export const RULE_INTENTS = ["preview", "confirm", "zone", "journal-accounts"] as const;
export type RuleIntent = (typeof RULE_INTENTS)[number];

export function ruleIntent(value: unknown): RuleIntent | null {
  return RULE_INTENTS.find((intent) => intent === value) ?? null;
}

/** Done, with a sentence; or the form as it was typed, with what is wrong or what it would come to. */
export type RulesAnswer =
  | { readonly done: string }
  | {
      readonly done: null;
      readonly intent: RuleIntent;
      readonly errors: FieldErrors;
      readonly values: FieldValues;
      readonly preview: RulePreview | null;
    };

interface Asked {
  readonly intent: RuleIntent;
  readonly form: FormData;
  readonly environment: Environment;
  /** `scope` is already narrowed to what the intent takes. */
  readonly operator: Operator;
  readonly now: Date;
}

/** The four forms of the rules' page. */
export async function answerRules(context: Pick<AppContext, "db" | "signals">, asked: Asked): Promise<RulesAnswer> {
  switch (asked.intent) {
    case "preview":
    case "confirm":
      return answerRuleForm(context, asked);
    case "zone":
      return answerZone(context, asked);
    case "journal-accounts": {
      const changed = await changeJournalAccounts(context.db, asked);
      return changed.ok ? { done: changed.text } : { done: null, intent: asked.intent, ...changed, preview: null };
    }
  }
}

async function answerRuleForm(
  { db, signals }: Pick<AppContext, "db" | "signals">,
  { intent, form, environment, operator, now }: Asked,
): Promise<RulesAnswer> {
  const standing = await findRules(db, environment);
  const parsed = parseRules(form, standing.rules);
  const refuse = (errors: FieldErrors): RulesAnswer => {
    return { done: null, intent, errors, values: parsed.values, preview: null };
  };
  if (!parsed.ok) return refuse(parsed.errors);
  const { rules } = parsed;
  if (intent === "confirm") {
    const seen = form.get("seen") ? Number(form.get("seen")) : null;
    const changed = await changeRules(db, { environment, rules, seen, operator, now, signals });
    return changed.ok
      ? { done: "Rules saved. Everything is matched by them now." }
      : refuse({ form: ruleRefusals[changed.refusal] });
  }
  if (operator.scope.businessIds !== null) return refuse({ form: ruleRefusals.limited });
  if (areSameRules(standing.rules, rules)) return refuse({ form: ruleRefusals.same });
  const preview = await previewRules(db, { environment, rules, now });
  return { done: null, intent, errors: {}, values: parsed.values, preview };
}

async function answerZone(
  { db, signals }: Pick<AppContext, "db" | "signals">,
  { intent, form, operator, now }: Asked,
): Promise<RulesAnswer> {
  const zone = String(form.get("zone") ?? "").trim();
  const changed = await changeAccountingZone(db, { zone, operator, now, signals });
  if (changed.ok) return { done: `Business days are in ${zone} now` };
  return { done: null, intent, errors: { zone: zoneRefusals[changed.refusal] }, values: { zone }, preview: null };
}
