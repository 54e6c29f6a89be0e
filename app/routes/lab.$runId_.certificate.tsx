import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Printer } from "lucide-react";
import { CertificateSheet } from "~/components/lab/certificate-sheet.tsx";
import { SharePanel } from "~/components/lab/share-panel.tsx";
import { Button } from "~/components/ui/button.tsx";
import { shareLabRun, unshareLabRun } from "~/domain/lab/change-lab-run.server.ts";
import { ChangeLabForm, labRefusals } from "~/domain/lab/lab-form.ts";
import { findCertificate, findLabRun } from "~/domain/lab/lab-queries.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { settlePreferences } from "~/domain/preferences/preferences.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

// What a browser offers as a file name when the page is saved as PDF.
export const meta: MetaFunction = ({ params }) => [{ title: `Integration certificate ${params.runId}` }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read", "sandbox");
  const runId = params.runId ?? "";
  const [run, certificate] = await Promise.all([
    findLabRun(context.db, operator.scope, runId),
    findCertificate(context.db, operator.scope, runId),
  ]);
  if (!run || !certificate) throw new Response("Not found", { status: 404 });
  const canShare = operator.can("destinations:write", "sandbox");
  const link = run.shareKey && context.config.publicUrl + paths.labShared(run.shareKey);
  return {
    certificate,
    zone: settlePreferences(operator.preferences).zone,
    share: canShare ? { link } : null,
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "destinations:write", "sandbox");
  const runId = params.runId ?? "";
  const parsed = parseForm(ChangeLabForm, await request.formData());
  if (!parsed.ok || parsed.value.intent === "cancel") {
    throw new Response("This form was not understood.", { status: 400 });
  }
  if (!(await findCertificate(context.db, operator.scope, runId))) throw new Response("Not found", { status: 404 });
  const change = parsed.value.intent === "share" ? shareLabRun : unshareLabRun;
  const result = await change(context.db, { runId, operator, now: new Date() });
  const text = parsed.value.intent === "share" ? "Link made" : "Link ended. Nobody can open it any more.";
  const toast = result.ok
    ? ({ tone: "good", text } as const)
    : ({ tone: "look", text: labRefusals[result.refusal] } as const);
  return redirectWithToast(paths.labCertificate(runId), toast, context);
}

export default function CertificatePage() {
  const { certificate, zone, share } = useLoaderData<typeof loader>();
  return (
    <div className="px-4 pt-4 pb-12 md:px-6 print:p-0">
      <div className="mb-4 flex max-w-[860px] flex-wrap items-center justify-between gap-2 print:hidden">
        <div className="text-sm text-muted">
          <Link to={paths.lab()}>Fault lab</Link> › <Link to={paths.labRun(certificate.runId)}>Run</Link>
        </div>
        <Button type="button" tone="primary" onClick={() => window.print()}>
          <Printer size={15} aria-hidden />
          Print
        </Button>
      </div>
      {share && (
        <div className="mb-4 max-w-[860px] print:hidden">
          <SharePanel link={share.link} />
        </div>
      )}
      <CertificateSheet certificate={certificate} zone={zone} />
    </div>
  );
}
