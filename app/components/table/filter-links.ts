/** What the filter chips do to a list's search params. Pure: the URL is the only state of a list. */

/** Another filter is another list: its pages start over. */
const NOT_KEPT = new Set(["cursor", "index", "_data", "_routes"]);

/** The params a form for `names` must carry along, as hidden inputs. */
export function keptParams(search: string, names: readonly string[]): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(search)].filter(([name, value]) => value !== "" && !isDropped(name, names));
}

/** The list without these params. */
export function withoutParams(search: string, names: readonly string[]): string {
  return asSearch(keptParams(search, names));
}

/** The list with these values of a param in place of whatever it held. */
export function searchWith(search: string, name: string, values: readonly string[]): string {
  return asSearch([...keptParams(search, [name]), ...values.map((value) => [name, value] as const)]);
}

/** The list a filter form asks for; fields left empty are no filters and stay out of the URL. */
export function submittedSearch(form: FormData): string {
  const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return asSearch(entries.map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== ""));
}

/** The values of a repeated param, each once. */
export function valuesOf(search: string, name: string): readonly string[] {
  const given = new URLSearchParams(search).getAll(name).filter((value) => value !== "");
  return [...new Set(given)];
}

function isDropped(name: string, names: readonly string[]): boolean {
  return NOT_KEPT.has(name) || names.includes(name);
}

function asSearch(entries: readonly (readonly [string, string])[]): string {
  const seen = new Map(entries.map(([name, value]) => [`${name}=${value}`, [name, value]]));
  const text = new URLSearchParams([...seen.values()]).toString();
  return text ? `?${text}` : "";
}
