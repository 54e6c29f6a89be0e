/** The installation's zone until someone says otherwise (DESIGN 5). */
export const DEFAULT_ZONE = "Asia/Jakarta";

/** Zones offered first: where Xendit's merchants are. Any other IANA name is accepted too. */
export const COMMON_ZONES = [
  "Asia/Jakarta",
  "Asia/Makassar",
  "Asia/Jayapura",
  "Asia/Manila",
  "Asia/Bangkok",
  "Asia/Ho_Chi_Minh",
  "Asia/Kuala_Lumpur",
  "Asia/Singapore",
  "UTC",
] as const;

export function isZone(value: unknown): value is string {
  if (typeof value !== "string" || value === "") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
