interface ListCountProps {
  readonly count: number;
  /** `false` when there are more than were counted. */
  readonly isCounted: boolean;
  readonly one: string;
  readonly many: string;
}

/** "1,204 payments"; "1,000+ payments" beyond what is worth counting on every view. */
export function ListCount({ count, isCounted, one, many }: ListCountProps) {
  const figure = new Intl.NumberFormat("en").format(count);
  return (
    <>
      {figure}
      {isCounted ? "" : "+"} {count === 1 ? one : many}
    </>
  );
}
