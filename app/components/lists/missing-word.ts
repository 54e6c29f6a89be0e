import type { MissingWebhook } from "~/xendit/projection.ts";

/** What did not come although everything else says it should have, in a few plain words. */
export const missingWord: Readonly<Record<MissingWebhook, string>> = {
  payment_webhook: "No payment webhook",
  session_webhook: "No session webhook",
  outcome: "No outcome yet",
};
