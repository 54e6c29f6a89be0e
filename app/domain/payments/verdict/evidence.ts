/** The places on a payment's page that a verdict may point at, with what they are called. */
const PLACES = {
  captures: "Captures",
  tries: "Tries of this session",
  timeline: "Timeline",
  refunds: "Refunds",
  disputes: "Disputes",
  disagreements: "Sources disagree",
  session: "Session",
  "verification-eci": "Verification: ECI",
  "verification-cvn": "Verification: CVN",
  "verification-avs": "Verification: AVS",
  "verification-response": "Verification: network response",
  "verification-failure": "Verification: failure code",
  "verification-advice": "Verification: merchant advice",
  "verification-threeds": "Verification: 3-D Secure",
} as const;

export type Evidence = keyof typeof PLACES;

export function evidenceLink(evidence: Evidence): { href: string; label: string } {
  return { href: `#${evidence}`, label: PLACES[evidence] };
}
