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

export const NewReplayForm = z.object({
  intent: z.enum(["reprocess", "send"]),
  idempotencyKey,
  event: z.array(z.string().max(80)),
  destinationId: z.string().optional().default(""),
  skipDelivered: z.string().optional(),
});

export const MoveReplayForm = z.object({ intent: z.enum(["stop", "resume", "cancel"]) });
