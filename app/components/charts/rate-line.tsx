import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import { ChartBox } from "./chart-box.tsx";
import { axis, grid } from "./chart-look.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";

interface RateLineProps {
  readonly label: string;
  readonly name: string;
  /** Shares from 0 to 1; `null` where there is nothing to have a share of, and the line breaks. */
  readonly points: readonly { readonly label: string; readonly rate: number | null }[];
  readonly height?: number;
}

/** A share over time, always on the scale from none to all. */
export function RateLine({ label, name, points, height = 160 }: RateLineProps) {
  const isSparse = points.length <= 40;
  return (
    <ChartBox label={label} height={height}>
      <LineChart data={[...points]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <CartesianGrid {...grid} />
        <XAxis dataKey="label" {...axis} minTickGap={40} />
        <YAxis {...axis} width={44} domain={[0, 1]} ticks={[0, 0.5, 1]} tickFormatter={(share) => `${share * 100} %`} />
        <Tooltip content={<ChartTooltip format={percent} />} isAnimationActive={false} />
        <Line
          dataKey="rate"
          name={name}
          stroke="var(--color-good-mark)"
          strokeWidth={1.75}
          dot={isSparse ? { r: 2, fill: "var(--color-good-mark)" } : false}
          isAnimationActive={false}
        />
      </LineChart>
    </ChartBox>
  );
}

/** `87.3 %`, and never 100 % for almost all or 0 % for almost none. */
export function percent(share: number): string {
  const tenths = Math.round(share * 1000) / 10;
  if (tenths === 100 && share < 1) return "99.9 %";
  if (tenths === 0 && share > 0) return "0.1 %";
  return `${share === 0 || share === 1 ? tenths : tenths.toFixed(1)} %`;
}
