import { isKnownCurrency, minorToDecimal, toMinorUnits } from "../../lib/money.ts";
import { DAY, HOUR } from "../../lib/time.ts";
import { referenceStem } from "../../xendit/reference.ts";
import { paymentFee } from "../fees.ts";
import type { Discrepancy, ElsewhereId, Planted } from "./discrepancies.ts";
import type { LedgerLine } from "./ledger-line.ts";
import { addedLine, foreignLine, outOfScopeLine, unheardOfLine } from "./planted-lines.ts";
import { type Seeded, seeded } from "./seeded.ts";

export interface Planting {
  readonly seed: number;
  /** Of the lines that can bear one, 0 to 1. */
  readonly share: number;
  readonly kinds: readonly Discrepancy[];
  /** What is due by now; the same as the ledger's. */
  readonly now: number;
  /** Ids for `environment_mix`, each for one line; none of that kind is planted when there are none left. */
  readonly elsewhere?: readonly ElsewhereId[];
  /** Narrows which payments are touched. */
  readonly mayPlant?: (line: LedgerLine) => boolean;
}

export interface PlantedLines {
  readonly lines: readonly LedgerLine[];
  readonly planted: readonly Planted[];
}

/** Pure: the same lines, seed, share and kinds plant the same. */
export function plantDiscrepancies(lines: Iterable<LedgerLine>, planting: Planting): PlantedLines {
  const plant = createPlanter(planting);
  const all: LedgerLine[] = [];
  const planted: Planted[] = [];
  for (const line of lines) {
    const outcome = plant(line);
    all.push(...outcome.lines);
    planted.push(...outcome.planted);
  }
  return { lines: all, planted };
}

/**
 * Line by line, for files that are streamed. What becomes of a line hangs on its own id and the seed alone, so that files
 * that overlap agree; only `ambiguous`, which needs two payments of one reference and amount, and `environment_mix`, which
 * takes one id after another, look at what was before.
 */
export function createPlanter(planting: Planting): (line: LedgerLine) => PlantedLines {
  const twinOf = createTwins();
  const elsewhere = [...(planting.elsewhere ?? [])];
  return (line) => {
    if (!isBearer(line)) return untouched(line);
    const chance = seeded(planting.seed, line.transactionId);
    const twin = twinOf(line);
    if (twin && planting.kinds.includes("ambiguous") && chance.next() < planting.share * 10) {
      return ambiguous(line, chance);
    }
    if (chance.next() >= planting.share || planting.mayPlant?.(line) === false) return untouched(line);
    return plantOne(line, { ...planting, elsewhere }, chance);
  };
}

/** Only a capture can be wrong in every way. */
function isBearer(line: LedgerLine): boolean {
  return line.type === "PAYMENT" && line.status === "SUCCESS" && line.captureId !== null;
}

function untouched(line: LedgerLine): PlantedLines {
  return { lines: [line], planted: [] };
}

/** The kinds in turn from a drawn one on, until one can be done to this line. */
function plantOne(line: LedgerLine, planting: Running, chance: Seeded): PlantedLines {
  const { kinds } = planting;
  const first = chance.int(0, Math.max(0, kinds.length - 1));
  for (let index = 0; index < kinds.length; index += 1) {
    const kind = kinds[(first + index) % kinds.length];
    const outcome = kind && kind !== "ambiguous" ? acts[kind](line, planting, chance) : null;
    if (outcome) return outcome;
  }
  return untouched(line);
}

/** What is left to plant with. */
interface Running extends Planting {
  readonly elsewhere: ElsewhereId[];
}

type Act = (line: LedgerLine, planting: Running, chance: Seeded) => PlantedLines | null;

const acts: Readonly<Record<Exclude<Discrepancy, "ambiguous">, Act>> = {
  missing_in_report(line, { now }) {
    const isOverdue = (line.estimatedSettlementAt ?? now) <= now;
    const found = isOverdue ? "missing_in_report_overdue" : "missing_in_report_not_due";
    return { lines: [], planted: [plantedAt(line, "missing_in_report", found)] };
  },
  missing_in_paydesk(line, _, chance) {
    const knowsReference = chance.next() < 0.5;
    const added = unheardOfLine(line, chance, knowsReference);
    const notes = knowsReference ? (["same_reference"] as const) : [];
    return plus(line, added, { kind: "missing_in_paydesk", class: "missing_in_paydesk", notes });
  },
  duplicate_payment(line, _, chance) {
    const added = addedLine(line, chance);
    const planted = { ...plantedAt(line, "duplicate_payment", "duplicate_payment", ["amount_differs"]) };
    return { lines: [line, added], planted: [{ ...planted, transactionId: added.transactionId }] };
  },
  currency_differs(line) {
    const currency = line.currency === "USD" ? "SGD" : "USD";
    if (toMinorUnits(line.amount, currency) === null) return null;
    return changedTo({ ...line, currency }, "currency_differs", "currency_differs");
  },
  status_differs(line, _, chance) {
    const status = chance.next() < 0.5 ? "FAILED" : "VOIDED";
    const undone = { status, settlementStatus: null, settledAt: null, estimatedSettlementAt: null } as const;
    return changedTo({ ...line, ...undone }, "status_differs", "status_differs");
  },
  amount_differs(line, _, chance) {
    const minor = toMinorUnits(line.amount, line.currency);
    if (minor === null) return null;
    const away = chance.int(1, Math.max(1, Math.floor(minor / 10)));
    const changed = priced(line, chance.next() < 0.5 ? minor + away : minor - away);
    return changed && changedTo(changed, "amount_differs");
  },
  charged_back_without_dispute(line, { now }, chance) {
    const at = Math.min(now, line.createdAt + chance.int(3, 40) * HOUR);
    const added: LedgerLine = {
      ...addedLine(line, chance),
      type: "CHARGEBACK",
      cashflow: "MONEY_OUT",
      fee: "0",
      vat: "0",
      feeStatus: "NOT_APPLICABLE",
      net: `-${line.amount}`,
      captureId: null,
      createdAt: at,
      updatedAt: at,
      paidAt: at,
      estimatedSettlementAt: null,
      settledAt: at,
      settlementStatus: "SETTLED",
    };
    const planted = plantedAt(line, "charged_back_without_dispute", "charged_back_without_dispute");
    return { lines: [line, added], planted: [{ ...planted, transactionId: added.transactionId }] };
  },
  fee_unexpected(line, _, chance) {
    const fee = moreOrLess(line.fee, line, chance);
    return fee === null ? null : changedTo(withNet({ ...line, fee }), "fee_unexpected", "fee_or_vat_unexpected");
  },
  vat_unexpected(line, _, chance) {
    const vat = moreOrLess(line.vat, line, chance);
    return vat === null ? null : changedTo(withNet({ ...line, vat }), "vat_unexpected", "fee_or_vat_unexpected");
  },
  settled_late(line, { now }, chance) {
    const due = line.estimatedSettlementAt;
    const settledAt = (due ?? now) + chance.int(2, 5) * DAY;
    if (due === null || line.settledAt === null || settledAt > now) return null;
    return changedTo({ ...line, settledAt, updatedAt: settledAt }, "settled_late");
  },
  environment_mix(line, { elsewhere }, chance) {
    const id = elsewhere.shift();
    if (!id) return null;
    const added = foreignLine(line, chance, id);
    return plus(line, added, { kind: "environment_mix", class: "environment_mix", notes: [] });
  },
  out_of_scope(line, _, chance) {
    const added = outOfScopeLine(line, chance);
    return plus(line, added, { kind: "out_of_scope", class: "out_of_scope", notes: [] });
  },
};

function ambiguous(line: LedgerLine, chance: Seeded): PlantedLines {
  const added = { ...addedLine(line, chance), productId: "", paymentRequestId: null, captureId: null };
  const bare = { ...added, paymentSessionId: null };
  return plus(line, bare, { kind: "ambiguous", class: "ambiguous", notes: [] });
}

/** The line stays as it is; the one added stands for nothing of ours. */
function plus(line: LedgerLine, added: LedgerLine, told: Pick<Planted, "kind" | "class" | "notes">): PlantedLines {
  const planted = { ...told, transactionId: added.transactionId, paymentId: null, paymentRequestId: null };
  return { lines: [line, added], planted: [planted] };
}

function changedTo(
  line: LedgerLine,
  kind: Discrepancy,
  found: Planted["class"] = kind as Planted["class"],
): PlantedLines {
  return { lines: [line], planted: [plantedAt(line, kind, found)] };
}

function plantedAt(
  line: LedgerLine,
  kind: Discrepancy,
  found: Planted["class"],
  notes: Planted["notes"] = [],
): Planted {
  const { transactionId, productId: paymentId, paymentRequestId } = line;
  return { kind, transactionId, paymentId, paymentRequestId, class: found, notes };
}

/** Another amount with the fee that belongs to it, so that nothing else differs; `null` where that cannot be told. */
function priced(line: LedgerLine, minor: number): LedgerLine | null {
  const [price, ...others] = countriesOf(line).map((country) => paymentFee(minor, line.currency, country));
  if (!price || others.some(({ fee, vat }) => fee !== price.fee || vat !== price.vat)) return null;
  const [amount, fee, vat] = [BigInt(minor), price.fee, price.vat].map((value) => decimal(value, line.currency));
  return withNet({ ...line, amount: amount ?? "", fee: fee ?? "", vat: vat ?? "" });
}

/**
 * The countries whose rates the line may have been charged by; a line does not say. Of a small amount several come to the
 * same VAT. None: it was charged by none of ours.
 */
function countriesOf(line: LedgerLine): readonly string[] {
  const minor = (text: string) => toMinorUnits(text, line.currency);
  return ["ID", "PH", "TH", "MY", "SG", "VN"].filter((country) => {
    const { fee, vat } = paymentFee(minor(line.amount) ?? 0, line.currency, country);
    return minor(line.fee) === Number(fee) && minor(line.vat) === Number(vat);
  });
}

function withNet(line: LedgerLine): LedgerLine {
  const minor = (text: string) => BigInt(toMinorUnits(text, line.currency) ?? 0);
  return { ...line, net: decimal(minor(line.amount) - minor(line.fee) - minor(line.vat), line.currency) };
}

function moreOrLess(amount: string, { currency }: LedgerLine, chance: Seeded): string | null {
  const minor = toMinorUnits(amount, currency);
  if (minor === null) return null;
  const away = chance.int(1, 500);
  return decimal(BigInt(minor > away && chance.next() < 0.5 ? minor - away : minor + away), currency);
}

function decimal(minor: bigint, currency: string): string {
  return isKnownCurrency(currency) ? minorToDecimal(minor, currency) : String(minor);
}

/** How many lines back a twin is looked for: the tries of one order lie minutes apart. */
const WINDOW = 1000;

/** Whether another payment before this one has its reference, amount and currency. */
function createTwins(): (line: LedgerLine) => boolean {
  const recent = new Map<string, string>();
  return (line) => {
    const key = `${referenceStem(line.reference)}|${line.currency}|${line.amount}`;
    const before = recent.get(key);
    recent.delete(key);
    recent.set(key, line.productId);
    const oldest = recent.size > WINDOW ? recent.keys().next().value : undefined;
    if (oldest !== undefined) recent.delete(oldest);
    return before !== undefined && before !== line.productId;
  };
}
