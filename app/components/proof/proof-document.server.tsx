import { renderToStaticMarkup } from "react-dom/server";
import type { Proof, ProofCut } from "~/domain/proof/proof.ts";
import { type ProofCopy, ProofSheet } from "./proof-sheet.tsx";

/** The proof as a file that needs nothing but a browser: no script, no link, no font from elsewhere. */
export function proofDocument(proof: Proof, copy: ProofCopy, cut: readonly ProofCut[]): string {
  const document = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta httpEquiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{`${proof.standing.isPaid ? "Proof of payment" : "Payment record"} ${proof.paymentRequestId}`}</title>
      </head>
      <body>
        <ProofSheet proof={proof} copy={copy} cut={cut} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${document}\n`;
}
