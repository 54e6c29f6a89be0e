import { z } from "zod";
import { parseDay } from "~/lib/time.ts";
import { isZone } from "~/lib/zone.ts";

/** A report the sandbox is asked for, with mistakes in it when wanted: what the form offers, and how it is read. */
export const SANDBOX_REPORTS = [
  { value: "transactions-2", label: "Transactions, version 2" },
  { value: "transactions-1", label: "Transactions, version 1" },
  { value: "transactions-0", label: "Transactions, version 0" },
  { value: "balance", label: "Balance" },
] as const;
const reports = SANDBOX_REPORTS.map(({ value }) => value);

export const SANDBOX_SHARES = [
  { value: "0", label: "None" },
  { value: "0.01", label: "1 % of the captures" },
  { value: "0.03", label: "3 % of the captures" },
  { value: "0.1", label: "10 % of the captures" },
  { value: "0.25", label: "25 % of the captures" },
] as const;
const shares = SANDBOX_SHARES.map(({ value }) => value);

/** As Xendit's API writes its files; its dashboard writes them in the account's own zone. */
export const API_ZONE = "+0000";

const day = z
  .string({ error: "Say which day" })
  .transform((text) => parseDay(text.trim()))
  .refine((one) => one !== null, "Write a day as 2026-03-31");

export const SandboxReportForm = z
  .object({
    report: z.enum(reports, { error: "Choose a report" }),
    from: day,
    to: day,
    zone: z
      .string()
      .trim()
      .default(API_ZONE)
      .refine((zone) => zone === API_ZONE || isZone(zone), "Not a time zone: +0000, or a name such as Asia/Jakarta"),
    share: z.enum(shares, { error: "Choose a share" }).default("0"),
    seed: z
      .string()
      .trim()
      .default("1")
      .refine((seed) => /^\d{1,9}$/.test(seed), "A whole number of at most nine digits"),
  })
  .refine(({ from, to }) => (from ?? "") <= (to ?? ""), { path: ["to"], message: "Ends before it begins" });
export type SandboxReportForm = z.output<typeof SandboxReportForm>;
