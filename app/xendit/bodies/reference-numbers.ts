/** Numbers that acquirers make and that must agree with the time of the authorization. `random` gives [0, 1). */

const DAY_MS = 86_400_000;

const pacific = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Los_Angeles",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

/** `YDDDHH` and 6 digits: the last digit of the year and the day of the year in US Pacific time, but the hour in UTC. */
export function retrievalReferenceNumber(authorizedAt: number, random: () => number): string {
  const parts = Object.fromEntries(pacific.formatToParts(authorizedAt).map((part) => [part.type, Number(part.value)]));
  const { year = 1970, month = 1, day = 1 } = parts;
  const dayOfYear = (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / DAY_MS + 1;
  const hour = new Date(authorizedAt).getUTCHours();
  return `${year % 10}${digits(dayOfYear, 3)}${digits(hour, 2)}${randomDigits(6, random)}`;
}

/** 22 digits: Unix seconds without their first digit, then 13 more. */
export function reconciliationId(authorizedAt: number, random: () => number): string {
  return `${String(Math.floor(authorizedAt / 1000)).slice(1)}${randomDigits(13, random)}`;
}

/** A CAVV or AAV: 20 bytes in base64, 28 characters. */
export function authenticationValue(random: () => number): string {
  const bytes = Array.from({ length: 20 }, () => Math.floor(random() * 256));
  return btoa(String.fromCharCode(...bytes));
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

function randomDigits(length: number, random: () => number): string {
  return Array.from({ length }, () => Math.floor(random() * 10)).join("");
}
