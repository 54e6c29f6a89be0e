export interface FilterOption {
  readonly value: string;
  /** "05 authenticated", "Paid". */
  readonly label: string;
}

/** Any of several codes; one that is not offered can be typed, since unknown codes are valid values. */
export interface CodesFilter {
  readonly kind: "codes";
  readonly name: string;
  readonly label: string;
  readonly options: readonly FilterOption[];
  /** Only what is offered. */
  readonly closed?: boolean;
  /** Several options that are mostly asked for together, under a word of their own. */
  readonly together?: { readonly label: string; readonly values: readonly string[] };
}

export type FilterSpec = (
  | CodesFilter
  /** From a day to a day, both included. */
  | {
      readonly kind: "days";
      readonly label: string;
      /** Whose days they are; the operator's own zone unless said. */
      readonly zone?: string;
    }
  /** From an amount to an amount in major units, both included. */
  | { readonly kind: "amounts"; readonly label: string }
) & {
  /** Waits under "More filters" until it is used. */
  readonly more?: boolean;
};

/** The params a filter decides. */
export function namesOf(filter: FilterSpec): readonly string[] {
  if (filter.kind === "codes") return [filter.name];
  return filter.kind === "days" ? ["from", "to"] : ["amount_min", "amount_max"];
}
