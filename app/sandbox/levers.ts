import {
  THREE_DS_FLOWS,
  THREE_DS_OUTCOMES,
  type ThreeDsFlow,
  type ThreeDsOutcome,
} from "../xendit/bodies/card-results.ts";
import type { JsonObject } from "../xendit/bodies/json.ts";
import { NETWORKS } from "./cards.ts";
import type { FieldError } from "./shape.ts";

export const FAULTS = [
  "duplicate",
  "out_of_order",
  "capture_before_session",
  "late",
  "lost",
  "server_error_twice",
  "never",
  "wrong_token",
  "truncated",
  "no_webhook_id",
  "string_amounts",
] as const;
export type Fault = (typeof FAULTS)[number];

/** Faults of each try, decided when it is made; the others decide when and whether there is one. */
export const SENDING_FAULTS = ["wrong_token", "truncated"] as const satisfies readonly Fault[];
export type SendingFault = (typeof SENDING_FAULTS)[number];

/**
 * What a tester decides about a session's tries. A missing lever leaves the card and the amount to decide; `null` for
 * a result means that the field is not sent at all.
 */
export interface Levers {
  readonly flow?: ThreeDsFlow;
  readonly outcome?: ThreeDsOutcome;
  readonly network?: string;
  readonly cvn?: string | null;
  readonly avs?: string | null;
  readonly response?: string;
  readonly eci?: string | null;
  readonly faults?: readonly Fault[];
}

/** Short names people use for outcomes. */
const outcomeAliases: Readonly<Record<string, ThreeDsOutcome>> = {
  CANCELLED: "CANCELLED_AUTHENTICATION",
  CANCELED: "CANCELLED_AUTHENTICATION",
  FAILED: "UNAUTHENTICATED",
  TIMEOUT: "TIMED_OUT",
  REJECTED: "AUTHENTICATION_REJECTED",
  NOT_AVAILABLE: "AUTHENTICATION_NOT_AVAILABLE",
  SERVER_ERROR: "AUTHENTICATION_SERVER_ERROR",
};

export type ParsedLevers =
  | { readonly ok: true; readonly levers: Levers }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Empty text is "not chosen", `none` is "not sent". */
export function parseLevers(body: JsonObject): ParsedLevers {
  const errors: FieldError[] = [];
  const fail = (name: string, message: string) => errors.push({ path: `/body/${name}`, message });
  const text = (name: string) => {
    const value = body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string") fail(name, "must be string");
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const oneOf = <Value extends string>(
    name: string,
    allowed: readonly Value[],
    aliases: Readonly<Record<string, Value>> = {},
  ) => {
    const given = text(name)?.toUpperCase();
    if (given === undefined) return undefined;
    const found = allowed.find((value) => value === given) ?? aliases[given];
    if (!found) fail(name, "must be equal to one of the allowed values");
    return found;
  };
  const code = (name: string, length: number) => {
    const given = text(name);
    if (given === undefined) return undefined;
    if (given.toLowerCase() === "none") return null;
    if (!new RegExp(`^[A-Za-z0-9]{1,${length}}$`).test(given)) fail(name, `must be 1 to ${length} letters or digits`);
    return given.toUpperCase();
  };

  const levers: Levers = {
    flow: oneOf("flow", THREE_DS_FLOWS),
    outcome: oneOf("outcome", THREE_DS_OUTCOMES, outcomeAliases),
    network: oneOf("network", NETWORKS),
    cvn: code("cvn", 1),
    avs: code("avs", 1),
    response: code("response", 2) ?? undefined,
    eci: code("eci", 2),
    faults: faultsOf(body.faults, (message) => fail("faults", message)),
  };
  return errors.length > 0 ? { ok: false, errors } : { ok: true, levers };
}

function faultsOf(value: JsonObject[string], fail: (message: string) => void): readonly Fault[] | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const faults = FAULTS.filter((fault) => given.includes(fault));
  if (faults.length < new Set(given).size) fail("must be equal to one of the allowed values");
  return faults;
}
