import { formatMinor, isKnownCurrency } from "../../lib/money.ts";
import { formatUtc } from "../../lib/time.ts";
import { paymentStatusWord } from "../../xendit/codes/status-words.ts";
import { flagText } from "../../xendit/flags.ts";
import type { Projection } from "../../xendit/projection.ts";

/** One value that stands otherwise because an event is there. Words ready for the page. */
export interface EffectLine {
  /** "Payment request", "Capture cptr-…": what it is a value of. */
  readonly of: string;
  readonly id: string;
  readonly field: string;
  /** `null`: nothing stands there. */
  readonly without: string | null;
  readonly with: string | null;
}

type Table = "paymentRequests" | "sessions" | "payments" | "captures" | "refunds" | "disputes";
type Row = Readonly<Record<string, unknown>>;

const tables: Record<Table, { readonly word: string; readonly id: string; readonly fields: readonly string[] }> = {
  paymentRequests: {
    word: "Payment request",
    id: "paymentRequestId",
    fields: [
      "status",
      "amountMinor",
      "capturedMinor",
      "refundedMinor",
      "eci",
      "cvn",
      "avs",
      "response",
      "failureCode",
      "network",
      "threeDsFlow",
      "paymentCount",
      "paymentSessionId",
      "sessionLink",
      "capturedAt",
      "missing",
      "flags",
    ],
  },
  sessions: {
    word: "Session",
    id: "paymentSessionId",
    fields: ["status", "amountMinor", "paymentRequestId", "paymentRequestLink", "expiresAt", "missing"],
  },
  payments: {
    word: "Payment",
    id: "paymentId",
    fields: ["status", "amountMinor", "capturedMinor", "eci", "cvn", "avs", "response", "failureCode", "capturedAt"],
  },
  captures: { word: "Capture", id: "captureId", fields: ["amountMinor", "capturedAt"] },
  refunds: { word: "Refund", id: "refundId", fields: ["status", "amountMinor", "reason", "failureCode"] },
  disputes: { word: "Dispute", id: "disputeId", fields: ["status", "statusReason", "amountMinor", "dueAt"] },
};

const fieldWords: Readonly<Record<string, string>> = {
  status: "Status",
  amountMinor: "Amount",
  capturedMinor: "Captured",
  refundedMinor: "Refunded",
  eci: "ECI",
  cvn: "CVN",
  avs: "AVS",
  response: "Response",
  failureCode: "Failure code",
  network: "Network",
  threeDsFlow: "3-D Secure flow",
  paymentCount: "Payments",
  paymentSessionId: "Session",
  sessionLink: "Link to its session",
  paymentRequestId: "Payment request",
  paymentRequestLink: "Link to its request",
  capturedAt: "Captured at",
  expiresAt: "Expires",
  dueAt: "Due",
  missing: "Missing webhook",
  flags: "Flags",
  reason: "Reason",
  statusReason: "Status reason",
};

/** What stands otherwise with an event than without it: payment requests first, then what hangs on them. */
export function effectLines(without: Projection, withIt: Projection): readonly EffectLine[] {
  const told = new Set<string>();
  return (Object.keys(tables) as Table[]).flatMap((table) => {
    const [before, after] = [byId(table, without), byId(table, withIt)];
    return [...new Set([...after.keys(), ...before.keys()])].flatMap((id) =>
      news(rowLines(table, id, before.get(id) ?? null, after.get(id) ?? null), told),
    );
  });
}

/** A payment repeats what its request says: each change is told once, and what came or went by one line at least. */
function news(lines: readonly EffectLine[], told: Set<string>): readonly EffectLine[] {
  const name = (line: EffectLine) => `${line.field} ${line.without} ${line.with}`;
  const fresh = lines.filter((line) => !told.has(name(line)));
  for (const line of lines) told.add(name(line));
  const cameOrWent = lines.every((line) => line.without === null) || lines.every((line) => line.with === null);
  return fresh.length > 0 || !cameOrWent ? fresh : lines.slice(0, 1);
}

function byId(table: Table, projection: Projection): ReadonlyMap<string, Row> {
  const { id } = tables[table];
  return new Map(projection[table].map((row) => [String(Reflect.get(row, id)), { ...row }]));
}

function rowLines(table: Table, id: string, before: Row | null, after: Row | null): readonly EffectLine[] {
  const { word, fields } = tables[table];
  const lines = fields.flatMap((field): EffectLine[] => {
    const [left, right] = [shown(field, before), shown(field, after)];
    if (left === right) return [];
    return [{ of: word, id, field: fieldWords[field] ?? field, without: left, with: right }];
  });
  if (lines.length > 0 || (before === null) === (after === null)) return lines;
  return [{ of: word, id, field: "Known here", without: before && "yes", with: after && "yes" }];
}

function shown(field: string, row: Row | null): string | null {
  const value = row?.[field];
  if (row === null || value === null || value === undefined) return null;
  if (field.endsWith("Minor")) return moneyText(Number(value), row.currency);
  if (field.endsWith("At")) return formatUtc(Number(value));
  if (field === "flags") return flagsText(value);
  if (field === "status") return statusText(String(value), row);
  return String(value).replaceAll("_", field === "missing" ? " " : "_");
}

function moneyText(minor: number, currency: unknown): string {
  if (typeof currency !== "string" || !isKnownCurrency(currency)) return String(minor);
  return `${formatMinor(minor, currency)} ${currency}`;
}

function flagsText(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const labels: ReadonlyMap<string, string> = new Map(
    Object.entries(flagText).map(([flag, { label }]) => [flag, label]),
  );
  return value.map((flag: unknown) => labels.get(String(flag)) ?? String(flag)).join(", ");
}

function statusText(code: string, row: Row): string {
  return "paymentCount" in row ? paymentStatusWord(code).word : code;
}
