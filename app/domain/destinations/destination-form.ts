import { z } from "zod";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { DAY, HOUR } from "~/lib/time.ts";

/** What forms about destinations may say. Browser-safe. */

const name = z
  .string({ error: "Give it a name." })
  .trim()
  .min(1, "Give it a name.")
  .max(40, "At most 40 characters.")
  .regex(/^[^\p{Cc}]*$/u, "A name has no control characters.");

const url = z.string({ error: "Give its URL." }).trim().min(1, "Give its URL.").max(2_000, "At most 2,000 characters.");

/** What a header can carry: visible ASCII. Anything else would fail at every delivery. */
const token = z
  .string()
  .trim()
  .max(500, "At most 500 characters.")
  .regex(/^[\x21-\x7e]*$/, "A token is sent as a header: letters, digits and signs without spaces.");

export const AddDestinationForm = z.object({ name, url, token: token.optional().default("") });
export type AddDestinationForm = z.output<typeof AddDestinationForm>;

const checkbox = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

export const ChangeDestinationForm = z
  .object({
    name,
    url,
    description: z.string().trim().max(300, "At most 300 characters.").default(""),
    environments: z.array(z.enum(ENVIRONMENTS)).min(1, "Tick at least one. To send nothing for a while, turn it off."),
    types: z.enum(["all", "chosen"]),
    eventTypes: z.array(z.string()).transform(readEventTypes),
    inOrder: checkbox,
    sendsWebhookId: checkbox,
    timeoutSeconds: wholeNumber({ least: 1, most: 60 }),
    ratePerSecond: z
      .string()
      .trim()
      .transform((text) => (text === "" ? null : text))
      .pipe(wholeNumber({ least: 1, most: 1_000 }).nullable()),
    concurrency: wholeNumber({ least: 1, most: 32 }),
  })
  .refine(({ types, eventTypes }) => types === "all" || eventTypes.length > 0, {
    path: ["eventTypes"],
    error: "Choose at least one type, or take every one.",
  });
export type ChangeDestinationForm = z.output<typeof ChangeDestinationForm>;

function wholeNumber({ least, most }: { least: number; most: number }) {
  const error = `A whole number from ${least} to ${most.toLocaleString("en")}.`;
  return z
    .string({ error })
    .trim()
    .regex(/^\d{1,6}$/, error)
    .transform(Number)
    .refine((value) => value >= least && value <= most, error);
}

const MAX_TYPES = 60;

/** Ticked ones and typed ones, separated by anything that no type has in it. */
function readEventTypes(texts: readonly string[], context: z.RefinementCtx): readonly string[] {
  const types = [...new Set(texts.flatMap((text) => text.split(/[\s,;]+/)).filter((one) => one !== ""))];
  const wrong = types.find((one) => !/^[a-z0-9_.]{1,80}$/.test(one));
  const message =
    wrong !== undefined
      ? `${wrong.slice(0, 80)} is not an event type: those are written like payment.capture.`
      : types.length > MAX_TYPES && `At most ${MAX_TYPES} types.`;
  if (!message) return types.toSorted();
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}

export const TokenForm = z.object({
  token: token.min(1, "Type the token, or remove it below."),
});

/** How long the old secret goes on signing beside the new one. */
export const OVERLAPS = ["now", "1h", "24h", "7d"] as const;
export type Overlap = (typeof OVERLAPS)[number];
export const overlapMs: Record<Overlap, number> = { now: 0, "1h": HOUR, "24h": DAY, "7d": 7 * DAY };
export const overlapLabel: Record<Overlap, string> = {
  now: "At once",
  "1h": "In an hour",
  "24h": "In 24 hours",
  "7d": "In 7 days",
};

export const SigningKeyForm = z.object({
  /** Made with the form: the same form sent twice makes one secret. */
  keyId: z.string().regex(/^sgk_[0-9a-f-]{36}$/),
  overlap: z.enum(OVERLAPS).default("24h"),
});

export const RevokeKeyForm = z.object({ keyId: z.string().min(1) });

export const SwitchForm = z.object({ isOn: z.enum(["on", "off"]).transform((value) => value === "on") });

export const RemoveForm = z.object({ confirmation: z.string().trim().default("") });
