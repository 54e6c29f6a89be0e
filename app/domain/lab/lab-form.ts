import { z } from "zod";
import { LAB_SCENARIOS } from "./lab.ts";

export const StartLabForm = z.object({
  destinationId: z.string({ error: "Choose a destination." }).min(1, "Choose a destination."),
  scenarios: z.array(z.enum(LAB_SCENARIOS)).min(1, "Choose at least one scenario."),
  // Empty is "now": the present second.
  seed: z
    .string()
    .trim()
    .regex(/^(|[1-9]\d{0,9})$/, "A seed is a whole number from 1, such as 1767225600.")
    .optional()
    .default(""),
  probeUrl: z.string().trim().max(2_000, "At most 2,000 characters.").optional().default(""),
});
export type StartLabForm = z.output<typeof StartLabForm>;

export const ChangeLabForm = z.object({ intent: z.enum(["cancel", "share", "unshare"]) });

export type LabRefusal =
  | "sandbox_off"
  | "destination_not_found"
  | "destination_off"
  | "destination_not_for_sandbox"
  | "destination_takes_more"
  | "already_running"
  | "probe_not_allowed"
  | "seed_in_future"
  | "run_not_found"
  | "not_in_that_state";

/** `probe_not_allowed` is said with its detail, the guard's own sentence. */
export const labRefusals: Readonly<Record<LabRefusal, string>> = {
  sandbox_off: "The sandbox is off, and with it the fault lab.",
  destination_not_found: "This destination is gone. Choose another.",
  destination_off: "This destination is off. Switch it on first.",
  destination_not_for_sandbox: "This destination does not take sandbox events.",
  destination_takes_more:
    "This destination also takes events of environments you may not write destinations for. Choose one of your own.",
  already_running: "A run against this destination is under way. Wait for its end or cancel it.",
  probe_not_allowed: "This address is not allowed.",
  seed_in_future: "This seed would date the events in the future. Take the present Unix second at most.",
  run_not_found: "This run is gone.",
  not_in_that_state: "The run has gone on meanwhile. Look again.",
};

export const labRefusalField: Readonly<Record<LabRefusal, string>> = {
  sandbox_off: "form",
  destination_not_found: "destinationId",
  destination_off: "destinationId",
  destination_not_for_sandbox: "destinationId",
  destination_takes_more: "destinationId",
  already_running: "destinationId",
  probe_not_allowed: "probeUrl",
  seed_in_future: "seed",
  run_not_found: "form",
  not_in_that_state: "form",
};
