import type { Judged } from "~/domain/payments/verdict/facts.ts";

export const reader = { zone: "Asia/Jakarta", now: Date.parse("2024-12-19T00:00:00Z") };

/** The seed's payment: 10,000.00 IDR on a Visa, challenged, everything matching. */
export function aJudged(fields: Partial<Judged> = {}): Judged {
  return {
    status: "SUCCEEDED",
    currency: "IDR",
    amountRaw: "10000",
    amountMinor: 1_000_000,
    capturedMinor: 1_000_000,
    capturedItemised: true,
    refundedMinor: 0,
    network: "VISA",
    networkFrom: "token",
    threeDsFlow: "CHALLENGE",
    eci: "05",
    cvn: "M",
    avs: "M",
    response: "00",
    failureCode: null,
    createdAt: Date.parse("2024-12-18T05:45:00Z"),
    capturedAt: Date.parse("2024-12-18T05:46:32Z"),
    expiresAt: null,
    flags: [],
    disagreements: [],
    ...fields,
  };
}

/** The same, failed: nothing captured, nothing checked, no reason. */
export function aFailure(fields: Partial<Judged> = {}): Judged {
  return aJudged({
    status: "FAILED",
    capturedMinor: 0,
    capturedAt: null,
    threeDsFlow: null,
    eci: null,
    cvn: null,
    avs: null,
    response: null,
    ...fields,
  });
}
