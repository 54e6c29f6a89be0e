import type { Database } from "~/db.server.ts";
import { type FieldErrors, type FieldValues, parseForm, refuseForm } from "~/lib/form.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";
import type { Operator } from "../operators/operator.ts";
import { ForwardForm, type ForwardRefusal, forwardRefusalField, forwardRefusals, parseFrom } from "./forward-form.ts";
import { turnForwardOff, turnForwardOn } from "./turn-forward.server.ts";

interface Asked {
  readonly destinationId: string;
  /** With the scope of `destinations:write`. */
  readonly operator: Operator;
  readonly now: Date;
}

export type TurnedForward =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly status: 400 | 409;
      readonly errors: FieldErrors;
      readonly values: FieldValues;
      /** Events stored already that would be sent first, once counted. */
      readonly stored: number | null;
    };

/** What the page of a destination's forwarding posts, carried out. */
export async function turnForward(db: Database, form: FormData, asked: Asked): Promise<TurnedForward> {
  const parsed = parseForm(ForwardForm, form);
  if (!parsed.ok) return { ...parsed, status: 400, stored: null };
  return parsed.value.intent === "on" ? turnOn(db, form, parsed.value, asked) : turnOff(db, form, parsed.value, asked);
}

async function turnOn(
  db: Database,
  form: FormData,
  value: Extract<ForwardForm, { intent: "on" }>,
  { destinationId, operator, now }: Asked,
): Promise<TurnedForward> {
  const from = value.start === "from" ? parseFrom(value.from, operator.preferences.zone ?? DEFAULT_ZONE) : null;
  if (value.start === "from" && from === null) return refuse(form, "not_a_time");
  const confirmation = value.confirmation ?? null;
  const turned = await turnForwardOn(db, { destinationId, from, confirmation, operator, now });
  if (!turned.ok) return refuse(form, turned.refusal, turned.detail);
  const { name, stored } = turned.value;
  const events = `${stored.toLocaleString("en")} ${stored === 1 ? "event" : "events"}`;
  return { ok: true, text: stored > 0 ? `Forwarding to ${name}: ${events} first` : `Forwarding to ${name}` };
}

async function turnOff(
  db: Database,
  form: FormData,
  { waiting }: Extract<ForwardForm, { intent: "off" }>,
  asked: Asked,
): Promise<TurnedForward> {
  const turned = await turnForwardOff(db, { ...asked, waiting });
  if (!turned.ok) return refuse(form, turned.refusal);
  return { ok: true, text: `No longer forwarding to ${turned.value.name}` };
}

function refuse(form: FormData, refusal: ForwardRefusal, detail?: string): TurnedForward {
  const errors = { [forwardRefusalField[refusal]]: forwardRefusals[refusal] };
  const isCounted = refusal === "needs_confirmation" || refusal === "not_confirmed";
  return { ...refuseForm(form, errors), status: 409, stored: isCounted ? Number(detail ?? 0) : null };
}
