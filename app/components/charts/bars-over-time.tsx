import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { ChartBox } from "./chart-box.tsx";
import { axis, grid } from "./chart-look.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";

export interface BarSeries {
  readonly key: string;
  readonly label: string;
  /** A colour token, `var(--color-good-mark)`. */
  readonly colour: string;
}

export interface BarPoint {
  readonly label: string;
  readonly values: Readonly<Record<string, number>>;
}

interface BarsOverTimeProps {
  readonly label: string;
  readonly series: readonly BarSeries[];
  readonly points: readonly BarPoint[];
  readonly height?: number;
  /** Leads to the list behind a bar; the table beside the chart has the same as links. */
  readonly onOpen?: (pointIndex: number, seriesKey: string) => void;
}

/** Stacked bars over finished buckets, from zero, in the order of meanings. */
export function BarsOverTime({ label, series, points, height = 240, onOpen }: BarsOverTimeProps) {
  return (
    <ChartBox label={label} height={height}>
      <BarChart data={[...points]} barCategoryGap="18%" margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
        <CartesianGrid {...grid} />
        <XAxis dataKey="label" {...axis} minTickGap={28} />
        <YAxis {...axis} width={40} allowDecimals={false} />
        <Tooltip cursor={{ fill: "var(--color-hover)" }} content={<ChartTooltip />} isAnimationActive={false} />
        {series.map((one) => (
          <Bar
            key={one.key}
            dataKey={(point: BarPoint) => point.values[one.key] ?? 0}
            name={one.label}
            stackId="all"
            fill={one.colour}
            isAnimationActive={false}
            className={onOpen ? "cursor-pointer" : undefined}
            onClick={(_, index) => onOpen?.(index, one.key)}
          />
        ))}
      </BarChart>
    </ChartBox>
  );
}
