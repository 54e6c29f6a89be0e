import type { Environment } from "~/lib/environment.ts";
import { type ParamProblem, parseListParams } from "~/lib/search-params.ts";
import type { EventState, NetworkSource } from "~/xendit/projection.ts";

/** Arrivals as they come, for the page and for what it asks in between. Browser-safe. */

/** One arrival that was stored: the first of an event or a duplicate. Codes are the event's own. */
export interface TailArrival {
  readonly kind: "arrival";
  /** Its receipt. */
  readonly key: string;
  readonly at: number;
  readonly isDuplicate: boolean;
  /** It carried our own header: a replay of ours came back. */
  readonly cameFromReplay: boolean;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: EventState;
  readonly reason: string | null;
  readonly paymentRequestId: string | null;
  readonly primaryId: string | null;
  readonly referenceId: string | null;
  readonly amountMinor: number | null;
  readonly amountRaw: string | null;
  readonly currency: string | null;
  readonly eci: string | null;
  readonly cvn: string | null;
  readonly avs: string | null;
  readonly response: string | null;
  readonly network: string | null;
  readonly networkFrom: NetworkSource | null;
  readonly threeDsFlow: string | null;
}

/** One that was refused at the door: nothing of what it said was kept. */
export interface TailRefusal {
  readonly kind: "refusal";
  readonly key: string;
  readonly at: number;
  readonly reason: string;
  readonly size: number | null;
  readonly address: string | null;
}

export type TailEntry = TailArrival | TailRefusal;

export interface TailPage {
  /** Newest first. */
  readonly entries: readonly TailEntry[];
  /** Where to go on: nothing before it comes again, nothing after it is missed. */
  readonly cursor: string;
  /** There was more than one answer holds; ask again at once. */
  readonly isMore: boolean;
}

/** The state that stands for arrivals which were not let in, beside those of events. */
export const REFUSED = "refused";

export interface TailFilters {
  readonly environment: Environment | null;
  readonly types: readonly string[];
  /** Event states, and `refused`. */
  readonly states: readonly string[];
  /** Part of an id or a reference. */
  readonly q: string | null;
}

/** The tail's search params: `environment`, `type`, `status`, `q`. It has no past to choose from. */
export function parseTailFilters(url: string | URL): {
  readonly filters: TailFilters;
  readonly problems: readonly ParamProblem[];
} {
  const own = new URL(url);
  // Where to go on from is the page's question, not the reader's.
  own.searchParams.delete("after");
  const { filters, problems } = parseListParams(own, { codes: ["type", "status"], zone: "UTC" });
  const past = ["from", "to", "cursor", "sort"].filter((name) => own.searchParams.get(name));
  const ignored = past.map((param) => ({
    param,
    value: own.searchParams.get(param) ?? "",
    message: "is for the list of webhooks; the tail shows what arrives now",
  }));
  return {
    filters: {
      environment: filters.environment,
      types: filters.codes.type ?? [],
      states: filters.codes.status ?? [],
      q: filters.q,
    },
    problems: [...problems.filter(({ param }) => !past.includes(param)), ...ignored],
  };
}

/** Refusals have no type, no payment and no environment, so a filter by any of those leaves them out. */
export function showsRefusals({ types, states, q }: TailFilters): boolean {
  return types.length === 0 && q === null && (states.length === 0 || states.includes(REFUSED));
}

/** Nothing but refusals was asked for. */
export function showsArrivals({ states }: TailFilters): boolean {
  return states.length === 0 || states.some((state) => state !== REFUSED);
}

/** The last receipt and refusal seen; `""` and 0 are before all. */
export interface TailCursor {
  readonly receipt: string;
  readonly refusal: number;
}

export function encodeTailCursor({ receipt, refusal }: TailCursor): string {
  return `${receipt}.${refusal}`;
}

/** `null` for what is no cursor of ours. */
export function decodeTailCursor(text: string): TailCursor | null {
  const match = /^((?:rct_[0-9a-f-]{36})?)\.(\d{1,15})$/.exec(text);
  return match ? { receipt: match[1] ?? "", refusal: Number(match[2]) } : null;
}
