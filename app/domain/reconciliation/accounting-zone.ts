export type ZoneRefusal = "limited" | "unknown_zone" | "day_closed" | "report_read" | "changed_meanwhile";

export const zoneRefusals: Record<ZoneRefusal, string> = {
  limited: "You see some businesses or environments only, and the zone holds for all of them.",
  unknown_zone: "This is no time zone we know. Give its IANA name, as in Asia/Jakarta.",
  day_closed: "Days are closed already: the zone they were closed in stays. Reopen them all to change it.",
  report_read: "A report is being read just now. Change the zone when that has ended.",
  changed_meanwhile: "Somebody else changed the zone just now. Look again.",
};
