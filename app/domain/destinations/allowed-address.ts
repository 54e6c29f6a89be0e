import { z } from "zod";
import { readNetwork } from "~/lib/address-guard.ts";

/** An address that is not public and may be sent to all the same, because an administrator named it and said why. */
export interface AllowedAddress {
  /** A network as CIDR (`10.1.0.0/16`, `10.1.2.3/32`) or a host name in lower case. */
  readonly address: string;
  readonly reason: string;
  /** E-mail of whoever named it. */
  readonly addedBy: string;
  readonly addedAt: number;
}

export const AllowAddressForm = z.object({
  address: z
    .string({ error: "Name an address, a network or a host." })
    .trim()
    .min(1, "Name an address, a network or a host.")
    .max(253, "At most 253 characters.")
    .transform((text, context) => {
      const read = readAllowed(text);
      if ("address" in read) return read.address;
      context.addIssue({ code: "custom", message: read.problem });
      return z.NEVER;
    }),
  reason: z
    .string({ error: "Say why: whoever reviews this list will want to know." })
    .trim()
    .min(5, "Say why: whoever reviews this list will want to know.")
    .max(200, "At most 200 characters."),
});
export type AllowAddressForm = z.output<typeof AllowAddressForm>;

export const DisallowAddressForm = z.object({ address: z.string().min(1) });

/** What the setting takes: an address, a network or a host name; a sentence when it is none of them. */
export function readAllowed(text: string): { readonly address: string } | { readonly problem: string } {
  const host = text.toLowerCase().replace(/\.$/, "");
  if (isHostName(host)) {
    if (host !== "localhost" && !host.endsWith(".localhost")) return { address: host };
    return { problem: "A host name opens private networks only. Loopback must be named as an address: 127.0.0.1." };
  }
  const read = readNetwork(text);
  return "network" in read ? { address: read.network } : read;
}

/** Whether it is a host name; what is not, is a network. */
export function isHostName(text: string): boolean {
  // A last label of digits is an address in some spelling, as for the URL standard.
  return text.length <= 253 && /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

export type AllowRefusal = "known" | "absent" | "too_many" | "changed_meanwhile";

export const allowRefusals: Record<AllowRefusal, string> = {
  known: "This is allowed already.",
  absent: "This is not in the list any more.",
  too_many: "The list is full: 50 entries. Name a network instead of its addresses one by one.",
  changed_meanwhile: "Somebody changed the list meanwhile. Look again.",
};
