import { networkLabel } from "~/xendit/codes/network.ts";
import type { ValueName } from "~/xendit/facts.ts";
import type { NetworkSource, PaymentRequestRow, Verification } from "~/xendit/projection.ts";
import type { SourceBook } from "./proof-sources.ts";

/** A fact as it is drawn. */
export interface ProofFact {
  readonly label: string;
  /** As received; `null` was not told, and is drawn as such. */
  readonly text: string | null;
  readonly note: string | null;
  /** Drawn so that every character counts. */
  readonly isId?: boolean;
  readonly from: readonly string[];
}

interface Told {
  readonly paymentId: string;
  readonly verification: Verification;
}

const networkFrom: Record<NetworkSource, string> = {
  payment_details: "told with the payment's details",
  card_details: "told with the card's details",
  token: "told by the saved card",
  dispute: "told by a dispute",
};

/** The plain fields of payment_details (FACTS 6.1); codes have readings of their own in `proof-results.ts`. */
const FIELDS = [
  ["Authorization code", "authorizationCode", true],
  ["Retrieval reference number", "retrievalReferenceNumber", true],
  ["Network's words", "responseDescriptor", false],
  ["Network transaction id", "networkTransactionId", true],
  ["Transaction link id", "transactionLinkId", true],
  ["Reconciliation id", "reconciliationId", true],
  ["Acquirer merchant id", "acquirerMerchantId", true],
  ["Merchant advice in words", "merchantAdviceDescriptor", false],
  ["3-D Secure version", "threeDsVersion", false],
  ["DS transaction id", "dsTransactionId", true],
  ["Card", "maskedCardNumber", true],
  ["Card type", "cardType", false],
  ["Issuer", "cardIssuer", false],
  ["Card country", "cardCountry", false],
  ["Card expiry", "cardExpiry", false],
  ["Cardholder e-mail", "cardholderEmail", false],
] as const satisfies readonly (readonly [string, keyof Verification & ValueName, boolean])[];

/** Every field, told or not: a proof shows what is missing as well. */
export function paymentFacts(
  { paymentId, verification }: Told,
  request: Pick<PaymentRequestRow, "network" | "networkFrom">,
  book: SourceBook,
): readonly ProofFact[] {
  const fields = FIELDS.map(
    ([label, name, isId]): ProofFact => ({
      label,
      text: verification[name],
      note: null,
      isId,
      from: book.telling([name], verification[name], paymentId),
    }),
  );
  return [networkFact(paymentId, request, book), ...fields, authenticationFact(verification)];
}

function networkFact(
  paymentId: string,
  { network, networkFrom: source }: Pick<PaymentRequestRow, "network" | "networkFrom">,
  book: SourceBook,
): ProofFact {
  return {
    label: "Card network",
    text: networkLabel(network),
    note: network && source ? networkFrom[source] : null,
    from: book.telling(["paymentNetwork", "cardNetwork", "disputeNetwork"], network, paymentId),
  };
}

function authenticationFact({ hasAuthenticationValue }: Verification): ProofFact {
  return {
    label: "Authentication value (CAVV/AAV)",
    text: hasAuthenticationValue ? "present" : null,
    note: hasAuthenticationValue ? "the value itself is in the stored bytes only" : null,
    from: [],
  };
}
