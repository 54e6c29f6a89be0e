import { and, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { findSandboxKeys } from "../sandbox-setup.server.ts";
import type { SandboxReportForm } from "./sandbox-report.ts";

export type SandboxReportRefusal = "off" | "refused";

/** How many lines may carry ids of another environment. */
const ELSEWHERE = 20;

/** The file as the sandbox makes it, streamed through: over HTTP, as reports of Xendit's would come. */
export async function fetchSandboxReport(
  db: Database,
  config: Config,
  asked: { readonly form: SandboxReportForm; readonly scope: Scope; readonly signal: AbortSignal },
): Promise<Result<{ readonly name: string; readonly body: ReadableStream<Uint8Array> | null }, SandboxReportRefusal>> {
  const keys = await findSandboxKeys(db, config);
  if (!keys) return refused("off");
  const { report, from, to } = asked.form;
  const [kind = "transactions", version] = report.split("-");
  const elsewhere = asked.form.share === "0" ? [] : await idsElsewhere(db, asked.scope);
  const search = searchOf(asked.form, version, elsewhere);
  const response = await fetch(`${config.internalUrl}/sandbox/reports/${kind}.csv?${search}`, {
    headers: { authorization: `Basic ${Buffer.from(`${keys.secretKey}:`).toString("base64")}` },
    signal: asked.signal,
    redirect: "manual",
  });
  if (!response.ok) return refused("refused", await response.text());
  const name = `sandbox-${kind}${version ? `-v${version}` : ""}-${from}-${to}.csv`;
  return ok({ name, body: response.body });
}

function searchOf(
  { from, to, zone, share, seed }: SandboxReportForm,
  version: string | undefined,
  elsewhere: readonly string[],
): URLSearchParams {
  const search = new URLSearchParams({ from: from ?? "", to: to ?? "", zone });
  if (version) {
    search.set("version", version);
    search.set("columns", "ids");
  }
  if (share !== "0") {
    search.set("discrepancies", "all");
    search.set("share", share);
    search.set("seed", seed);
    for (const id of elsewhere) search.append("elsewhere", id);
  }
  return search;
}

/** Payments of other environments that this operator may see, for lines that belong there. */
async function idsElsewhere(db: Database, scope: Scope): Promise<readonly string[]> {
  const { payments } = db.tables;
  const others = scope.environments.filter((environment) => environment !== "sandbox");
  if (others.length === 0) return [];
  const rows = await db.read
    .select({ paymentId: payments.paymentId })
    .from(payments)
    .where(and(inArray(payments.environment, others), inBusiness(payments.businessId, scope)))
    .limit(ELSEWHERE);
  return rows.map(({ paymentId }) => paymentId).filter((id) => id.startsWith("py-"));
}
