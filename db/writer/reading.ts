import { createHash } from "node:crypto";
import type { Reading } from "./engine.ts";
import { NOTHING } from "./write-projection.ts";

const NO_CODES = { eci: null, cvn: null, avs: null, response: null, failureCode: null };

/** Until app/xendit can read: every body is stored as it is and nothing is made of it. */
export const reading: Reading = {
  maskBody: (bytes) => ({ bytes, masked: false }),
  readObservation({ environment, source, subject, masked, bytes, webhookId }) {
    const contentDigest = createHash("sha256").update(bytes).digest("hex");
    const dedupeKey = source === "webhook" ? (webhookId ?? contentDigest) : null;
    return {
      environment,
      source,
      subject,
      masked,
      eventType: "(no event)",
      kind: "other",
      businessId: null,
      primaryId: null,
      paymentRequestId: null,
      status: null,
      codes: NO_CODES,
      currency: null,
      time: null,
      dedupeKey,
      contentDigest,
      material: {},
      links: dedupeKey ? [`key:${dedupeKey}`] : [],
      tokens: [],
      verdict: { state: "stored", reason: "other_product", needsLink: false },
      facts: null,
    };
  },
  compareSameKey: () => ({ outcome: "variant", drift: [] }),
  foldCluster: (members) => ({
    projection: NOTHING,
    states: members.map(({ verdict }) => ({ ...verdict, paymentRequestId: null })),
  }),
};
