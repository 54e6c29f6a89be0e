import { z } from "zod";
import { ENVIRONMENTS, type Environment } from "~/lib/environment.ts";
import { type BusinessDay, parseDay } from "~/lib/time.ts";

/** What one upload may hold: two million rows of the widest report, and room to spare. */
export const MAX_UPLOAD = 2 * 1024 * 1024 * 1024;
/** One part of it: the server takes no larger body than 1 MiB. */
export const MAX_PART = 900 * 1024;
/** A form without JavaScript is one body with everything in it. */
export const MAX_PLAIN_UPLOAD = 1000 * 1024;
/** An upload nobody goes on with. */
export const ABANDONED_AFTER_HOURS = 24;

export type ImportRefusal =
  | "not_found"
  | "environment_not_yours"
  | "empty"
  | "too_large"
  | "part_too_large"
  | "part_too_long"
  | "not_receiving"
  | "no_room"
  | "has_ended"
  | "cannot_retry"
  | "period_upside_down"
  | "period_in_future"
  | "period_too_long"
  | "no_key";

export const importRefusals: Record<ImportRefusal, string> = {
  not_found: "There is no such import.",
  environment_not_yours: "You may not import into this environment.",
  empty: "This file is empty.",
  too_large: "This file is larger than 2 GiB. Ask Xendit for a shorter period, and import the files one after another.",
  part_too_large: "A part of an upload is at most 900 KiB.",
  part_too_long: "This is more than the file was said to hold.",
  not_receiving: "This upload has ended. Nothing was added to it.",
  no_room: "There is no room left on this machine's disk. Nothing is lost: choose the file again once there is.",
  has_ended: "This import has ended already.",
  cannot_retry: "Only an import that failed can be tried again.",
  period_upside_down: "The last day is before the first.",
  period_in_future: "This period has not begun yet.",
  period_too_long: "At most 366 days at a time.",
  no_key: "No key of Xendit is configured for this environment.",
};

const environment = z.enum(ENVIRONMENTS, { error: "Choose an environment." });
const day = z
  .string({ error: "Choose a day." })
  .refine((text) => parseDay(text) !== null, "Choose a day.")
  .transform((text) => text as BusinessDay);

export const BeginUploadForm = z.object({
  environment,
  name: z.string().trim().min(1, "The file needs a name.").max(255, "The name is too long."),
  size: z.coerce.number({ error: "The size is missing." }).int().min(0),
  /** When the file was last changed, as the browser has it: another file of the same name and size is not gone on with. */
  modified: z.string().max(40).default(""),
});

export const UploadForm = z.object({ environment });

export const PullForm = z.object({ environment, from: day, to: day });

export const ImportMoveForm = z.object({ intent: z.enum(["cancel", "retry"]) });

/** How the pages name an import's zone: one that was assumed says so. */
export const ASSUMED = " (the file names none)";

/** The zone that was assumed for a file's first times, from how its import names it; `null` where none was. */
export function zoneAssumedBefore(named: string | null): string | null {
  return named?.endsWith(ASSUMED) ? named.slice(0, -ASSUMED.length) : null;
}

export interface UploadStand {
  readonly importId: string;
  /** Bytes that are there. */
  readonly received: number;
  readonly isWhole: boolean;
}

/** A page about imports needs a scope without business ids: a report's rows name no business. */
export function maySeeImports(scope: {
  readonly environments: readonly Environment[];
  readonly businessIds: readonly string[] | null;
}): boolean {
  return scope.businessIds === null && scope.environments.length > 0;
}
