/** Every link inside Paydesk is made here. Ids are encoded; nothing from a request is glued into a path. */
const segment = encodeURIComponent;

export const paths = {
  overview: () => "/",
  signIn: () => "/sign-in",
  signOut: () => "/sign-out",
  payments: () => "/payments",
  payment: (paymentRequestId: string) => `/payments/${segment(paymentRequestId)}`,
  paymentCheck: (paymentRequestId: string) => `/payments/${segment(paymentRequestId)}/check`,
  ask: () => "/ask",
  search: () => "/search",
  searchSuggestions: () => "/search/suggest",
  lookups: () => "/search/lookups",
  paymentProof: (paymentRequestId: string) => `/payments/${segment(paymentRequestId)}/proof`,
  paymentEvidence: (paymentRequestId: string) => `/payments/${segment(paymentRequestId)}/evidence`,
  sessions: () => "/sessions",
  newSession: () => "/sessions/new",
  saveCard: () => "/sessions/save-card",
  session: (paymentSessionId: string) => `/sessions/${segment(paymentSessionId)}`,
  cvnPage: (paymentSessionId: string) => `/sessions/${segment(paymentSessionId)}/cvn`,
  handBack: (paymentSessionId: string) => `/sessions/${segment(paymentSessionId)}/hand-back`,
  sessionReturn: (returnKey: string, outcome: "success" | "failure") =>
    `/sessions/return/${segment(returnKey)}/${outcome}`,
  webhooks: () => "/webhooks",
  webhookTail: () => "/webhooks/tail",
  webhookTailArrivals: () => "/webhooks/tail/arrivals",
  webhookDiff: () => "/webhooks/diff",
  webhookDrift: () => "/webhooks/drift",
  webhook: (eventId: string) => `/webhooks/${segment(eventId)}`,
  webhookBody: (eventId: string) => `/webhooks/${segment(eventId)}/body`,
  webhookReplay: (eventId: string) => `/webhooks/${segment(eventId)}/replay`,
  webhookExpunge: (eventId: string) => `/webhooks/${segment(eventId)}/expunge`,
  quarantine: () => "/webhooks/quarantine",
  replays: () => "/replays",
  newReplay: () => "/replays/new",
  replay: (replayId: string) => `/replays/${segment(replayId)}`,
  replayResults: (replayId: string) => `/replays/${segment(replayId)}.csv`,
  destinations: () => "/destinations",
  destination: (destinationId: string) => `/destinations/${segment(destinationId)}`,
  destinationForward: (destinationId: string) => `/destinations/${segment(destinationId)}/forward`,
  lab: () => "/lab",
  labRun: (runId: string) => `/lab/${segment(runId)}`,
  labCertificate: (runId: string) => `/lab/${segment(runId)}/certificate`,
  labShared: (shareKey: string) => `/lab/shared/${segment(shareKey)}`,
  reconciliation: () => "/reconciliation",
  exceptions: () => "/reconciliation/exceptions",
  exception: (groupKey: string) => `/reconciliation/exceptions/${segment(groupKey)}`,
  reconciliationDay: (day: string) => `/reconciliation/days/${segment(day)}`,
  reconciliationMonth: (month: string) => `/reconciliation/months/${segment(month)}`,
  reconciliationDayStatement: (day: string) => `/reconciliation/days/${segment(day)}/statement`,
  reconciliationMonthStatement: (month: string) => `/reconciliation/months/${segment(month)}/statement`,
  reconciliationImports: () => "/reconciliation/imports",
  reconciliationImport: (importId: string) => `/reconciliation/imports/${segment(importId)}`,
  reconciliationUploads: () => "/reconciliation/imports/uploads",
  reconciliationPart: (importId: string) => `/reconciliation/imports/${segment(importId)}/part`,
  reconciliationBadRows: (importId: string) => `/reconciliation/imports/${segment(importId)}.csv`,
  reconciliationRules: () => "/reconciliation/rules",
  sandboxReport: () => "/reconciliation/sandbox-report",
  loadExceptions: () => "/reconciliation/exceptions/load",
  exceptionFile: (kind: "csv" | "xlsx") => `/reconciliation/exceptions.${kind}`,
  journal: () => "/reconciliation/journal.csv",
  settings: () => "/settings",
  settingsWebhooks: () => "/settings/webhooks",
  settingsSandbox: () => "/settings/sandbox",
  settingsDestinations: () => "/settings/destinations",
  settingsOperators: () => "/settings/operators",
  settingsTokens: () => "/settings/tokens",
  audit: () => "/audit",
  views: () => "/views",
  view: (viewId: string) => `/views/${segment(viewId)}`,
  preferredColumns: () => "/preferences/columns",
  live: () => "/live",
} as const;

/** A path with search params; empty values are left out. */
export function withParams(
  path: string,
  params: Record<string, string | readonly string[] | null | undefined>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]) {
      if (one !== "") search.append(name, one);
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
