import type { ReactElement } from "react";
import { ResponsiveContainer } from "recharts";

interface ChartBoxProps {
  /** What the chart shows, for whoever cannot see it; the figures are in the table beside it. */
  readonly label: string;
  readonly height: number;
  readonly children: ReactElement;
}

/** The place of a chart: a fixed height before anything is drawn, so that nothing jumps. */
export function ChartBox({ label, height, children }: ChartBoxProps) {
  return (
    <figure aria-label={label} className="m-0 min-w-0" style={{ height }}>
      <ResponsiveContainer width="100%" height={height} debounce={50}>
        {children}
      </ResponsiveContainer>
    </figure>
  );
}
