import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CertificateSheet } from "~/components/lab/certificate-sheet.tsx";
import { findSharedCertificate } from "~/domain/lab/lab-queries.server.ts";

export const handle = { frame: "none" };

export const meta: MetaFunction = () => [
  { title: "Integration certificate" },
  { name: "robots", content: "noindex, nofollow" },
];

/** The address is the key: it is neither kept by search engines nor told to pages that are linked to. */
const privately = { "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer" };
export const headers: HeadersFunction = () => privately;

/** A stranger's page. What it shows is all that `LabCertificate` holds; the desk behind it is not spoken of. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const certificate = await findSharedCertificate(context.db, params.shareKey ?? "");
  if (!certificate) throw new Response("Not found", { status: 404, headers: privately });
  return data({ certificate }, { headers: privately });
}

export default function SharedCertificatePage() {
  const { certificate } = useLoaderData<typeof loader>();
  return (
    <main className="mx-auto min-h-dvh max-w-[892px] px-4 py-6 print:max-w-none print:p-0">
      <CertificateSheet certificate={certificate} zone="UTC" />
    </main>
  );
}
