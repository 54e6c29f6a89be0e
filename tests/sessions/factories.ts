import { NewSessionForm } from "~/domain/sessions/session-form.ts";
import type { Starter } from "~/domain/sessions/start-session.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { savedCard } from "./desk.ts";

/** The form as the page sends it when nothing was changed. */
export function typedForm(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    environment: "sandbox",
    savedCard: savedCard("MASTERCARD", "CHALLENGE"),
    amount: "10000",
    currency: "IDR",
    country: "ID",
    captureMethod: "AUTOMATIC",
    givenNames: "Jaap",
    surname: "Stam",
    email: "shopper@example.com",
    mobileNumber: "+6281234567890",
    faults: [],
    ...change,
  };
}

export function aForm(change: Record<string, unknown> = {}): NewSessionForm {
  return NewSessionForm.parse(typedForm(change));
}

export function aStarter(change: Partial<Starter> & { environments?: readonly Environment[] } = {}): Starter {
  const { environments = ["sandbox", "test"], ...rest } = change;
  return { operatorId: "op_ada", email: "ada@example.com", scope: { environments, businessIds: null }, ...rest };
}
