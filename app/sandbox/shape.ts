import { isLosslessNumber } from "lossless-json";
import { isJsonObject, type Json, type JsonObject } from "../xendit/bodies/json.ts";

/** Checking a request body in the words Xendit's own validator uses. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

interface TextRules {
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

export interface Shape {
  readonly body: JsonObject;
  has(name: string): boolean;
  text(name: string, rules?: TextRules): string | undefined;
  /** The digits of a number. */
  number(name: string, rules?: { required?: boolean; integer?: boolean }): string | undefined;
  flag(name: string): boolean | undefined;
  object(name: string, rules?: { required?: boolean }): Shape | undefined;
  list(name: string): readonly Json[] | undefined;
  fail(name: string, message: string): void;
}

/** Reads a body and collects what is wrong with it in `errors`. `null` counts as absent. */
export function shapeOf(body: JsonObject, errors: FieldError[], path = "/body"): Shape {
  const fail = (name: string, message: string) => {
    errors.push({ path: `${path}/${name}`, message });
  };
  const present = (name: string, required: boolean) => {
    const value = body[name];
    if (value !== undefined && value !== null) return value;
    if (required) fail(name, `must have required property '${name}'`);
    return undefined;
  };
  return {
    body,
    fail,
    has: (name) => body[name] !== undefined && body[name] !== null,
    text(name, rules = {}) {
      const value = present(name, rules.required ?? false);
      if (value === undefined) return undefined;
      if (typeof value !== "string") {
        fail(name, "must be string");
        return undefined;
      }
      const problem = textProblem(value, rules);
      if (problem) fail(name, problem);
      return value;
    },
    number(name, rules = {}) {
      const value = present(name, rules.required ?? false);
      if (value === undefined) return undefined;
      if (!isLosslessNumber(value)) {
        fail(name, rules.integer ? "must be integer" : "must be number");
        return undefined;
      }
      if (rules.integer && !/^-?\d+$/.test(value.value)) fail(name, "must be integer");
      return value.value;
    },
    flag(name) {
      const value = present(name, false);
      if (value !== undefined && typeof value !== "boolean") fail(name, "must be boolean");
      return typeof value === "boolean" ? value : undefined;
    },
    object(name, rules = {}) {
      const value = present(name, rules.required ?? false);
      if (value === undefined) return undefined;
      if (isJsonObject(value)) return shapeOf(value, errors, `${path}/${name}`);
      fail(name, "must be object");
      return undefined;
    },
    list(name) {
      const value = present(name, false);
      if (value !== undefined && !Array.isArray(value)) fail(name, "must be array");
      return Array.isArray(value) ? value : undefined;
    },
  };
}

/** `request/body must have required property 'session_type'`, `request/body/amount must be number`. */
export function topMessage(error: FieldError): string {
  const missing = error.message.startsWith("must have required property");
  const path = missing ? error.path.slice(0, error.path.lastIndexOf("/")) : error.path;
  return `request${path} ${error.message}`;
}

function textProblem(value: string, rules: TextRules): string | null {
  if (rules.oneOf && !rules.oneOf.includes(value)) return "must be equal to one of the allowed values";
  if (rules.min !== undefined && value.length < rules.min) return `must NOT have fewer than ${rules.min} characters`;
  if (rules.max !== undefined && value.length > rules.max) return `must NOT have more than ${rules.max} characters`;
  return rules.pattern && !rules.pattern.test(value) ? `must match pattern "${rules.pattern.source}"` : null;
}
