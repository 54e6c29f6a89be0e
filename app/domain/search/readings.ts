import { formatMoney, toMinorUnits } from "~/lib/money.ts";
import type { AmountOfDay, Lookup } from "./read-lookup.ts";

/** How a text was understood, for somebody whom it found nothing: "10,000.00 IDR on 18 Dec 2024", "the day 18 Dec 2024". */
export function readingsOf({ card, amounts, days }: Lookup): readonly string[] {
  return [
    ...(card ? [card.first === "" ? `a card ending ${card.lastFour}` : `the card ${card.first}…${card.lastFour}`] : []),
    ...new Set(amounts.map(amountReading)),
    ...days.map((day) => `the day ${day.label}`),
  ];
}

function amountReading({ amount: { decimal, currency }, day }: AmountOfDay): string {
  const minor = currency && toMinorUnits(decimal, currency);
  const money = currency === null ? `${decimal} in any currency` : formatMoney({ minor, raw: decimal, currency });
  return day ? `${money} on ${day.label}` : money;
}
