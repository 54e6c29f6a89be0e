import { z } from "zod";

/** A URL that stored webhooks may be sent to. Its token, if one was typed, is sealed and never shown again. */
export interface DestinationRow {
  readonly destinationId: string;
  readonly name: string;
  readonly url: string;
  readonly hasToken: boolean;
  readonly createdAt: number;
}

export const AddDestinationForm = z.object({
  name: z
    .string({ error: "Give it a name." })
    .trim()
    .min(1, "Give it a name.")
    .max(40, "At most 40 characters.")
    .regex(/^[^\p{Cc}]*$/u, "A name has no control characters."),
  url: z.string({ error: "Give its URL." }).trim().min(1, "Give its URL.").max(2_000, "At most 2,000 characters."),
  // What a header can carry: visible ASCII. Anything else would fail at every delivery.
  token: z
    .string()
    .trim()
    .max(500, "At most 500 characters.")
    .regex(/^[\x21-\x7e]*$/, "A token is sent as a header: letters, digits and signs without spaces.")
    .optional()
    .default(""),
});
export type AddDestinationForm = z.output<typeof AddDestinationForm>;

export const RemoveDestinationForm = z.object({ destinationId: z.string().min(1) });

export type DestinationRefusal =
  | "url_not_allowed"
  | "name_taken"
  | "token_is_a_webhook_token"
  | "not_found"
  | "not_yours";

/** `url_not_allowed` is said with its detail, the guard's own sentence. */
export const destinationRefusals: Record<DestinationRefusal, string> = {
  url_not_allowed: "This address is not allowed.",
  name_taken: "There is a destination of this name.",
  token_is_a_webhook_token:
    "This is a token webhooks are accepted with here. Give the destination one of its own: whoever has that token can send webhooks to this desk.",
  not_found: "This destination is gone.",
  not_yours: "Somebody else added this destination. Only they, or whoever may write live destinations, can remove it.",
};

/** The field a refusal stands beside. */
export const refusalField: Record<DestinationRefusal, string> = {
  url_not_allowed: "url",
  name_taken: "name",
  token_is_a_webhook_token: "token",
  not_found: "form",
  not_yours: "form",
};
