/** What Xendit's reports tell about its ledger (FACTS 8), whatever report or version tells it. */
export const TELLING_SOURCES = ["transactions", "api", "balance"] as const;
/** The Transactions report, `GET /transactions`, the Balance report: in the order in which they are believed at one time. */
export type TellingSource = (typeof TELLING_SOURCES)[number];

/**
 * One report's word about one transaction. `null` is "not told": a Balance report's fee line tells a fee and nothing else.
 * Amounts are decimals as digits (`plainDecimal`), unsigned for amount, fee, VAT and withheld tax; instants UTC milliseconds.
 */
export interface Telling {
  readonly type: string | null;
  readonly status: string | null;
  readonly channel: string | null;
  readonly channelName: string | null;
  /** Masked by Xendit; masked again by us. */
  readonly accountNumber: string | null;
  readonly currency: string | null;
  readonly amount: string | null;
  readonly fee: string | null;
  readonly vat: string | null;
  readonly withheld: string | null;
  /** Signed: money out is negative. */
  readonly net: string | null;
  readonly reference: string | null;
  readonly productId: string | null;
  readonly paymentRequestId: string | null;
  readonly captureId: string | null;
  readonly paymentSessionId: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly estimatedSettlementAt: number | null;
  readonly settledAt: number | null;
  readonly settlementStatus: string | null;
}
export type TellingField = keyof Telling;

export interface SourcedTelling {
  readonly source: TellingSource;
  /** SHA-256 over source and cells, hex. */
  readonly digest: string;
  readonly telling: Telling;
  /**
   * Of the Balance report: which line of the ledger it is. A transaction has several (itself, its fee, its VAT), and each
   * adds to what it comes to; versions of one line do not. `null`: this tells of the transaction as a whole.
   */
  readonly entry?: string | null;
}

/** Two figures that should be one; texts, because sums may be beyond what a number holds exactly. */
export interface Difference {
  readonly expected: string;
  readonly found: string;
}

/** One row on its way into the store. */
export interface ReportRow extends SourcedTelling {
  readonly transactionId: string;
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}
