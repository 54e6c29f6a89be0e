import { Time } from "../ui/time.tsx";

interface ListTimeProps {
  /** When it was created, as Xendit says; `null` when no body told. */
  readonly at: number | null;
  /** The earliest business time known, which the list is ordered by; 0 when none is. */
  readonly sortAt: number;
}

/** When a row was created. Where nobody told, the time that explains its place in the list, muted and named as such. */
export function ListTime({ at, sortAt }: ListTimeProps) {
  if (at !== null) return <Time at={at} />;
  if (sortAt === 0) {
    return (
      <span className="text-xs text-muted" title="No body told a time, so it stands at the end of the list">
        no time known
      </span>
    );
  }
  return (
    <span
      className="inline-block text-muted"
      title="No body told when it was created; the list is ordered by the earliest time known"
    >
      <Time at={sortAt} />
      <span className="block text-xs">first known</span>
    </span>
  );
}
