import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { type FieldErrors, type FieldValues, parseForm, refuseForm } from "~/lib/form.ts";
import type { Result } from "~/lib/result.ts";
import { removeToken, replaceToken } from "./callback-token.server.ts";
import { type Changed, changeDestination } from "./change-destination.server.ts";
import { type DestinationRefusal, destinationRefusals, refusalField } from "./destination.ts";
import {
  ChangeDestinationForm,
  RemoveForm,
  RevokeKeyForm,
  SigningKeyForm,
  SwitchForm,
  TokenForm,
} from "./destination-form.ts";
import type { Changer } from "./find-changeable.server.ts";
import { removeDestination } from "./remove-destination.server.ts";
import { addSigningKey, revokeSigningKey } from "./signing-keys.server.ts";
import { closeBreaker, switchDestination } from "./switch-destination.server.ts";
import { type TestResult, testDelivery } from "./test-delivery.server.ts";

/** What the forms of a destination's page do, by their `intent`, and how each ends. */
export type ActEnd =
  /** It worked: said in a sentence. `wakes`: what waited may go out now. */
  | {
      readonly kind: "done";
      readonly tone: "good" | "look";
      readonly text: string;
      readonly wakes?: true;
      readonly isGone?: true;
    }
  /** It worked and its result is on the answer, once. */
  | {
      readonly kind: "shown";
      readonly intent: string;
      readonly secret: string | null;
      readonly test: TestResult | null;
    }
  | {
      readonly kind: "refused";
      readonly intent: string;
      readonly status: 400 | 409;
      readonly errors: FieldErrors;
      readonly values: FieldValues;
    }
  | { readonly kind: "absent" };

interface Asked {
  readonly destinationId: string;
  readonly config: Config;
  readonly operator: Changer;
  readonly now: Date;
}

type Act = (db: Database, form: FormData, asked: Asked) => Promise<ActEnd>;

export function actOnDestination(db: Database, form: FormData, asked: Asked): Promise<ActEnd> {
  const intent = String(form.get("intent"));
  const act = Object.hasOwn(acts, intent) ? acts[intent] : undefined;
  if (!act) return Promise.resolve(misfit(form, { errors: { form: "This form is not one of ours." }, values: {} }));
  return act(db, form, asked);
}

const acts: Readonly<Record<string, Act>> = {
  save: async (db, form, asked) => {
    const parsed = parseForm(ChangeDestinationForm, form);
    if (!parsed.ok) return misfit(form, parsed);
    return ended(form, await changeDestination(db, { ...asked, form: parsed.value }), savedText);
  },
  switch: async (db, form, asked) => {
    const parsed = parseForm(SwitchForm, form);
    if (!parsed.ok) return misfit(form, parsed);
    const { isOn } = parsed.value;
    return ended(form, await switchDestination(db, { ...asked, isOn }), () => ({
      text: isOn ? "Turned on" : "Turned off: nothing is sent to it",
      ...(isOn ? { wakes: true } : {}),
    }));
  },
  reset: async (db, form, asked) =>
    ended(form, await closeBreaker(db, asked), () => ({
      text: "Breaker closed: deliveries go out again",
      wakes: true,
    })),
  token: async (db, form, asked) => {
    const parsed = parseForm(TokenForm, form);
    if (!parsed.ok) return misfit(form, parsed);
    const set = await replaceToken(db, { ...asked, token: parsed.value.token });
    return ended(form, set, () => ({ text: "Token kept: the next delivery carries it" }));
  },
  "remove-token": async (db, form, asked) =>
    ended(form, await removeToken(db, asked), () => ({ text: "Token destroyed: deliveries carry none" })),
  sign: async (db, form, asked) => {
    const parsed = parseForm(SigningKeyForm, form);
    if (!parsed.ok) return misfit(form, parsed);
    const made = await addSigningKey(db, { ...asked, ...parsed.value });
    if (!made.ok) return ended(form, made, () => ({ text: "" }));
    return { kind: "shown", intent: "sign", secret: made.value.secret, test: null };
  },
  revoke: async (db, form, asked) => {
    const parsed = parseForm(RevokeKeyForm, form);
    if (!parsed.ok) return misfit(form, parsed);
    const revoked = await revokeSigningKey(db, { ...asked, ...parsed.value });
    return ended(form, revoked, () => ({ text: "Signing secret revoked" }));
  },
  test: async (db, form, asked) => {
    const sent = await testDelivery(db, asked);
    if (!sent.ok) return ended(form, sent, () => ({ text: "" }));
    return { kind: "shown", intent: "test", secret: null, test: sent.value };
  },
  remove: async (db, form, asked) => {
    const parsed = parseForm(RemoveForm, form);
    if (!parsed.ok) return misfit(form, parsed);
    const removed = await removeDestination(db, { ...asked, ...parsed.value });
    return ended(form, removed, ({ name }) => ({ text: `Removed ${name}`, wakes: true, isGone: true }));
  },
};

interface Said {
  readonly tone?: "good" | "look";
  readonly text: string;
  readonly wakes?: true;
  readonly isGone?: true;
}

function savedText({ isChanged, tokenRemoved }: Changed): Said {
  if (!isChanged) return { text: "Nothing was different" };
  if (!tokenRemoved) return { text: "Settings saved", wakes: true };
  return { tone: "look", text: "Settings saved. The token was destroyed: type one for the new address", wakes: true };
}

function ended<Value>(form: FormData, result: Result<Value, DestinationRefusal>, said: (value: Value) => Said): ActEnd {
  if (result.ok) return { kind: "done", tone: "good", ...said(result.value) };
  if (result.refusal === "not_found") return { kind: "absent" };
  const text = result.detail ?? destinationRefusals[result.refusal];
  const { errors, values } = refuseForm(form, { [refusalField[result.refusal]]: text });
  return { kind: "refused", intent: intentOf(form), status: 409, errors, values };
}

function misfit(form: FormData, { errors, values }: { errors: FieldErrors; values: FieldValues }): ActEnd {
  return { kind: "refused", intent: intentOf(form), status: 400, errors, values };
}

function intentOf(form: FormData): string {
  return String(form.get("intent"));
}
