import type { Environment } from "../../lib/environment.ts";

/** The groups of events Xendit's dashboard has an address of its own for, as far as they concern card payments. */
export const EVENT_GROUPS: readonly {
  readonly name: string;
  readonly label: string;
  readonly events: readonly string[];
}[] = [
  {
    name: "payment",
    label: "Payments",
    events: ["payment.capture", "payment.authorization", "payment.failure", "payment.expiry", "payment_request.expiry"],
  },
  { name: "session", label: "Payment sessions", events: ["payment_session.completed", "payment_session.expired"] },
  {
    name: "token",
    label: "Payment tokens",
    events: ["payment_token.activation", "payment_token.failure", "payment_token.expiry"],
  },
  { name: "refund", label: "Refunds", events: ["refund.succeeded", "refund.failed"] },
  {
    name: "dispute",
    label: "Disputes",
    events: [
      "dispute.action_required",
      "dispute.under_review",
      "dispute.won",
      "dispute.lost",
      "dispute.due_date_approaching",
    ],
  },
];

export interface SetupFacts {
  readonly environment: Environment;
  readonly url: string;
  /** Xendit sends only to public https addresses. */
  readonly isPublic: boolean;
  readonly hasToken: boolean;
  readonly tokenUsed: boolean;
  /** Names of groups something has arrived of. */
  readonly arrived: ReadonlySet<string>;
  readonly wrongTokens: boolean;
}

export interface SetupCheck {
  readonly id: string;
  readonly isMet: boolean;
  readonly text: string;
  /** What to do, when it is not met. */
  readonly todo: string;
}

/** What has to be in place before every webhook arrives, in the order one sets it up. */
export function checklistOf(facts: SetupFacts): readonly SetupCheck[] {
  const checks = facts.environment === "sandbox" ? [] : addressChecks(facts);
  return [
    ...checks,
    {
      id: "token",
      isMet: facts.hasToken,
      text: "A webhook token is known here",
      todo: `Add ${facts.environment}:TOKEN to XENDIT_WEBHOOK_TOKENS and start again, or add it below.`,
    },
    {
      id: "token-used",
      isMet: facts.tokenUsed,
      text: "Something has arrived with it over HTTP",
      todo:
        facts.environment === "sandbox"
          ? "Start a test session: its webhooks arrive here. Demo webhooks were put in without a call."
          : "Save the address in Xendit's dashboard and press its test button.",
    },
    {
      id: "payment",
      isMet: facts.arrived.has("payment"),
      text: "A payment webhook has arrived",
      todo: "The address for payments is separate from those of invoices and older products.",
    },
    {
      id: "session",
      isMet: facts.arrived.has("session"),
      text: "A session webhook has arrived",
      todo: "Payment sessions have an address of their own in the dashboard.",
    },
    {
      id: "refused",
      isMet: !facts.wrongTokens,
      text: "Nobody was refused lately for a wrong token",
      todo: "Somebody sends here with a token that is not known. The refusals are below; compare the token in the dashboard.",
    },
  ];
}

function addressChecks(facts: SetupFacts): readonly SetupCheck[] {
  return [
    {
      id: "address",
      isMet: facts.isPublic,
      text: "The address is public https",
      todo: `Xendit does not send to ${facts.url}: no localhost, no plain http, no bare IP, no port. Set PUBLIC_URL.`,
    },
  ];
}

const refusalWords: Readonly<Record<string, string>> = {
  wrong_token: "Its token is not known here",
  missing_token: "It came without a token",
  body_too_large: "Its body is over 1 MiB",
  body_undecodable: "Its body is not what its Content-Encoding says",
  body_timeout: "Its body did not come in time",
};

/** Why an arrival was not let in; a reason without words of ours is shown as it is. */
export function refusalText(reason: string): string {
  return Object.hasOwn(refusalWords, reason) ? (refusalWords[reason] ?? reason) : reason.replaceAll("_", " ");
}
