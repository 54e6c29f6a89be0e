import { valuesOf } from "./filter-links.ts";
import type { CodesFilter, FilterSpec } from "./filter-spec.ts";

/** What a filter holds, in the words of its chip; empty when it is not used. */
export function filterText(filter: FilterSpec, search: string): string {
  if (filter.kind === "codes") return codesText(filter, search);
  return filter.kind === "days" ? daysText(search) : amountsText(search);
}

function codesText({ name, options, together }: CodesFilter, search: string): string {
  const values = valuesOf(search, name);
  const isTogether =
    together && values.length === together.values.length && together.values.every((value) => values.includes(value));
  if (isTogether) return together.label;
  const words = new Map(options.map((option) => [option.value, option.label]));
  return values.map((value) => words.get(value) ?? value).join(", ");
}

function daysText(search: string): string {
  const [from] = valuesOf(search, "from");
  const [to] = valuesOf(search, "to");
  if (from && to) return from === to ? from : `${from} to ${to}`;
  return from ? `from ${from}` : to ? `to ${to}` : "";
}

function amountsText(search: string): string {
  const [min] = valuesOf(search, "amount_min");
  const [max] = valuesOf(search, "amount_max");
  if (min && max) return min === max ? grouped(min) : `${grouped(min)} to ${grouped(max)}`;
  return min ? `at least ${grouped(min)}` : max ? `at most ${grouped(max)}` : "";
}

/** `10,000.5`: thousands apart, nothing else changed. What is no amount stays as it was typed. */
function grouped(amount: string): string {
  const [whole = "", ...fraction] = amount.split(".");
  if (!/^\d+$/.test(whole)) return amount;
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}
