import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { EqualNot } from "lucide-react";
import type { ReactNode } from "react";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import type { LinePair, OurLine } from "~/domain/reconciliation/pair-lines.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { dayOf, formatDateTime } from "~/lib/time.ts";
import type { LinkedRow } from "~/xendit/reconcile/group-facts.ts";
import { standingOf } from "~/xendit/reconcile/row-kind.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Panel } from "../ui/panel.tsx";
import type { Tone } from "../ui/tone.ts";

/** Paydesk on the left, the report on the right, what is about the same money beside each other. */
export function LinesPanel({ opened }: { opened: OpenedException }) {
  const { laid, zone, group } = opened;
  if (!laid) return null;
  return (
    <Panel title="Side by side" id="lines" flush>
      <table className="plain-table compare-table" aria-label="Side by side">
        <thead>
          <tr>
            <th className="min-w-[92px]">
              <span className="sr-only">Field</span>
            </th>
            <th className="w-1/2">Paydesk</th>
            <th className="w-1/2">Xendit's report</th>
          </tr>
        </thead>
        {laid.pairs.map((pair) => (
          <PairBody key={keyOf(pair)} pair={pair} zone={zone} environment={group.environment} />
        ))}
      </table>
      {laid.pairs.length === 0 && <p className="px-4 py-3 text-sm text-muted">Neither side has a line.</p>}
      <p className="border-t border-line px-4 py-2 text-xs text-muted">
        Times and days in {zone}, the accounting zone. <EqualNot size={12} aria-hidden className="inline text-look" />{" "}
        marks what differs.
      </p>
    </Panel>
  );
}

interface PairProps {
  readonly pair: LinePair;
  readonly zone: string;
  readonly environment: string;
}

function PairBody({ pair, zone, environment }: PairProps) {
  const { ours, rows, differs, title } = pair;
  const isOneSided = ours.length === 0 || rows.length === 0;
  const days = [...ours.map(({ at }) => at), ...rows.map(({ createdAt }) => createdAt)].flatMap((at) =>
    at === null ? [] : [dayOf(at, zone)],
  );
  const isOtherDay = !isOneSided && new Set(days).size > 1;
  return (
    <tbody className="border-b border-line-strong last:border-b-0">
      <Row name={title}>
        <Cells lines={ours} missing="Nothing here" draw={(line) => <Id value={line.id} whole />} />
        <Cells
          lines={rows}
          missing="Not in the report"
          draw={(row) => (
            <span className="inline-flex flex-wrap items-center gap-x-2">
              <Id value={row.transactionId} kind="transaction" whole />
              <span className="text-xs text-muted">{row.type ?? "no type"}</span>
            </span>
          )}
        />
      </Row>
      <Row name="Amount" differs={differs.amount}>
        <Cells lines={ours} draw={(line) => <OurAmount line={line} />} />
        <Cells lines={rows} draw={(row) => <RowAmount row={row} />} />
      </Row>
      <Row name="Status" differs={differs.status}>
        <Cells lines={ours} draw={(line) => <StatusBadge kind={line.kind} code={line.status} />} />
        <Cells lines={rows} draw={(row) => <RowStatus row={row} />} />
      </Row>
      <Row name="When" differs={isOtherDay} words="another day">
        <Cells lines={ours} draw={(line) => <When at={line.at} zone={zone} />} />
        <Cells lines={rows} draw={(row) => <When at={row.createdAt} zone={zone} />} />
      </Row>
      {rows.some(({ productId }) => productId !== null) && (
        <Row name="Product id" differs={isOtherProduct(pair)}>
          <Cells lines={ours} draw={(line) => <ProductId value={line.productId} environment={environment} />} />
          <Cells lines={rows} draw={(row) => <ProductId value={row.productId} environment={environment} />} />
        </Row>
      )}
    </tbody>
  );
}

interface RowProps {
  readonly name: string;
  readonly differs?: boolean;
  readonly words?: string;
  readonly children: ReactNode;
}

/** Differing cells have a sign and a word; the ground they stand on is only the third. */
function Row({ name, differs = false, words = "differs", children }: RowProps) {
  return (
    <tr className={clsx(differs && "bg-look-soft")}>
      <th scope="row" className="!whitespace-normal">
        {name}
        {differs && (
          <span className="mt-0.5 flex items-center gap-1 font-medium text-look">
            <EqualNot size={12} aria-hidden /> {words}
          </span>
        )}
      </th>
      {children}
    </tr>
  );
}

interface CellsProps<Line> {
  readonly lines: readonly Line[];
  readonly missing?: string;
  readonly draw: (line: Line) => ReactNode;
}

/** One cell for however many lines stand on a side: they are about the same money. */
function Cells<Line extends OurLine | LinkedRow>({ lines, missing, draw }: CellsProps<Line>) {
  if (lines.length === 0) {
    return (
      <td className="align-top">
        {missing ? <Badge tone="look">{missing}</Badge> : <span className="text-faint">–</span>}
      </td>
    );
  }
  return (
    <td className="align-top break-words">
      {lines.map((line) => (
        <span key={"transactionId" in line ? line.transactionId : line.id} className="block">
          {draw(line)}
        </span>
      ))}
    </td>
  );
}

function OurAmount({ line: { amountMinor, amountRaw, currency } }: { line: OurLine }) {
  return <Money minor={amountMinor} raw={amountRaw} currency={currency} />;
}

function RowAmount({ row: { amountMinor, amountRaw, currency } }: { row: LinkedRow }) {
  return <Money minor={amountMinor} raw={amountRaw} currency={currency} />;
}

const standingTone: Record<ReturnType<typeof standingOf>, Tone> = {
  moved: "good",
  reversed: "bad",
  waiting: "waiting",
  none: "unknown",
  unknown: "unknown",
};

/** As the report writes it; the Balance report writes none and lists only what moved. */
function RowStatus({ row }: { row: LinkedRow }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={standingTone[standingOf(row)]}>{row.status ?? "moved, no status told"}</Badge>
      {row.settlementStatus && (
        <Badge tone="unknown" icon={false}>
          settlement {row.settlementStatus}
        </Badge>
      )}
    </span>
  );
}

function When({ at, zone }: { at: number | null; zone: string }) {
  if (at === null) return <span className="text-faint">not told</span>;
  return <time dateTime={new Date(at).toISOString()}>{formatDateTime(at, zone, { seconds: true })}</time>;
}

/** A payment's id leads to it; what it leads to may be another payment than the one beside it. */
function ProductId({ value, environment }: { value: string | null; environment: string }) {
  if (value === null) return <span className="text-faint">–</span>;
  if (!value.startsWith("py-")) return <Id value={value} kind="product id" whole />;
  return (
    <Link
      to={withParams(paths.search(), { q: value, environment })}
      className="link font-mono text-[12.5px] break-all"
      title="Look it up"
    >
      {value}
    </Link>
  );
}

function isOtherProduct({ ours, rows }: LinePair): boolean {
  const own = new Set(ours.flatMap(({ productId }) => (productId === null ? [] : [productId])));
  return own.size > 0 && rows.some(({ productId }) => productId !== null && !own.has(productId));
}

function keyOf({ title, ours, rows }: LinePair): string {
  return [title, ...ours.map(({ id }) => id), ...rows.map(({ transactionId }) => transactionId)].join(" ");
}
