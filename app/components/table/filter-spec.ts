export interface FilterOption {
  readonly value: string;
  /** "05 authenticated", "Paid". */
  readonly label: string;
}

export type FilterSpec =
  /** Any of several codes; one that is not offered can be typed, since unknown codes are valid values. */
  | {
      readonly kind: "codes";
      readonly name: string;
      readonly label: string;
      readonly options: readonly FilterOption[];
      /** Only what is offered. */
      readonly closed?: boolean;
    }
  /** From a day to a day, both included. */
  | { readonly kind: "days"; readonly label: string };
