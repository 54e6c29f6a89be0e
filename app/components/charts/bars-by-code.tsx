import { Bar, BarChart, Cell, Tooltip, XAxis, YAxis } from "recharts";
import { ChartBox } from "./chart-box.tsx";
import { axis } from "./chart-look.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";

export interface CodeBar {
  readonly id: string;
  readonly label: string;
  readonly count: number;
  readonly colour: string;
}

interface BarsByCodeProps {
  readonly label: string;
  readonly bars: readonly CodeBar[];
  readonly onOpen?: (index: number) => void;
  /** What is counted. */
  readonly unit?: string;
}

const BAR_HEIGHT = 28;

/** One bar a code, from zero, the code beside it. */
export function BarsByCode({ label, bars, onOpen, unit = "Payments" }: BarsByCodeProps) {
  return (
    <ChartBox label={label} height={bars.length * BAR_HEIGHT + 8}>
      <BarChart data={[...bars]} layout="vertical" margin={{ top: 4, right: 4, bottom: 4, left: 0 }} barSize={14}>
        <XAxis type="number" hide domain={[0, "dataMax"]} />
        <YAxis
          type="category"
          dataKey="label"
          {...axis}
          width={Math.min(120, 12 + 7 * Math.max(...bars.map((bar) => bar.label.length)))}
          interval={0}
        />
        <Tooltip cursor={{ fill: "var(--color-hover)" }} content={<ChartTooltip />} isAnimationActive={false} />
        <Bar
          dataKey="count"
          name={unit}
          radius={[0, 3, 3, 0]}
          minPointSize={2}
          isAnimationActive={false}
          className={onOpen ? "cursor-pointer" : undefined}
          onClick={(_, index) => onOpen?.(index)}
        >
          {bars.map((bar) => (
            <Cell key={bar.id} fill={bar.colour} />
          ))}
        </Bar>
      </BarChart>
    </ChartBox>
  );
}
