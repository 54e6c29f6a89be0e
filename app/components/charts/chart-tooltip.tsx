interface TooltipEntry {
  readonly name?: unknown;
  readonly value?: unknown;
  readonly color?: string;
  readonly fill?: string;
}

interface ChartTooltipProps {
  /** recharts hands these over. */
  readonly active?: boolean;
  readonly label?: unknown;
  readonly payload?: readonly TooltipEntry[];
  readonly format?: (value: number) => string;
}

/** What stands under the pointer, in words and figures. */
export function ChartTooltip({ active, label, payload, format = plain }: ChartTooltipProps) {
  if (!active || !payload || payload.length === 0) return null;
  return (
    <div className="lifted figures px-2.5 py-1.5 text-sm">
      <p className="font-medium">{String(label)}</p>
      <ul>
        {payload.map((entry) => (
          <li key={String(entry.name)} className="flex items-center gap-2">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: entry.fill ?? entry.color }} />
            <span className="text-muted">{String(entry.name)}</span>
            <span className="ml-auto pl-4">{typeof entry.value === "number" ? format(entry.value) : "–"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function plain(value: number): string {
  return new Intl.NumberFormat("en").format(value);
}
