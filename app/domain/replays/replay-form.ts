import { z } from "zod";

/** What a webhook's page and the plan of a replay post. */

const idempotencyKey = z.string().trim().min(8).max(80);

export const ReplayEventForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reprocess"), idempotencyKey }),
  z.object({
    intent: z.literal("send"),
    idempotencyKey,
    destinationId: z.string({ error: "Choose a destination." }).min(1, "Choose a destination."),
  }),
]);

/** Beside what `readReplayRequest` reads of the same form. */
export const NewReplayForm = z.object({
  idempotencyKey,
  /** Until where the plan looked: the order is of exactly what was confirmed. */
  upTo: z.coerce.number().int().nonnegative().optional(),
  confirmation: z.string().max(200).optional().default(""),
});

export const MoveReplayForm = z.object({ intent: z.enum(["stop", "resume", "cancel", "try-now"]) });
