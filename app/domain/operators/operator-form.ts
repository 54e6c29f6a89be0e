import { z } from "zod";
import { ENVIRONMENTS } from "../../lib/environment.ts";
import { ROLES } from "./permissions.ts";

/** What forms about operators may hold. Browser-safe: the pages take their choices from here. */

const environments = z
  .array(z.enum(ENVIRONMENTS))
  .min(1, "Choose at least one environment.")
  // All ticked means all there are, also those this role gains later.
  .transform((chosen) => (chosen.length === ENVIRONMENTS.length ? null : chosen));

const businessIds = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((ids) => ids.every((id) => id.length <= 80), "A business id has 80 characters at most.")
  .transform((ids) => (ids.length === 0 ? null : ids));

const role = z.enum(ROLES, { error: "Choose a role." });

/** Length is what makes a password strong; the upper end only keeps one request from costing much. */
export const NewPassword = z
  .string({ error: "Type a password." })
  .min(8, "Use at least 8 characters; a sentence is easiest to remember.")
  .max(200, "Use at most 200 characters.");

export const NewOperatorForm = z.object({
  email: z.email("Type an e-mail address."),
  password: NewPassword,
  role,
  environments,
  businessIds,
});

export const AccessForm = z.object({ operatorId: z.string(), role, environments, businessIds });
export const PasswordForm = z.object({ operatorId: z.string(), password: NewPassword });
export const OperatorIdForm = z.object({ operatorId: z.string() });

export const OPERATOR_INTENTS = ["add", "access", "password", "disable", "enable"] as const;
export type OperatorIntent = (typeof OPERATOR_INTENTS)[number];
