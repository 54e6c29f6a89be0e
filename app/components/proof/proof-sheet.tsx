import type { Proof, ProofCut, ProofEntry } from "~/domain/proof/proof.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { SheetSection } from "../ui/sheet-section.tsx";
import { ProofEntries } from "./proof-entries.tsx";
import { FactList, From, ProofTime } from "./proof-pieces.tsx";
import { ProofResults } from "./proof-results.tsx";
import { ProofSources } from "./proof-sources.tsx";
import { proofStyle } from "./proof-style.ts";

/** When and by whom this copy was made. */
export interface ProofCopy {
  readonly at: number;
  readonly by: string;
  /** The zone its times are written in; the exact UTC stands beside. */
  readonly zone: string;
}

interface ProofSheetProps {
  readonly proof: Proof;
  readonly copy: ProofCopy;
  readonly cut: readonly ProofCut[];
}

/**
 * The proof itself, the same on screen, on paper and in the evidence bundle: it brings its own style and needs neither
 * links nor scripts.
 */
export function ProofSheet({ proof, copy, cut }: ProofSheetProps) {
  const { standing } = proof;
  return (
    <article className="proof" aria-labelledby="proof-title" data-paid={standing.isPaid}>
      {/* The style goes along because the same sheet is a file of its own in the bundle. */}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style sheet, and an id of safe characters */}
      <style dangerouslySetInnerHTML={{ __html: proofStyle + pageCss(proof) }} />
      {standing.unreal && (
        <p className="proof-mark" aria-hidden="true">
          {environmentLabel[proof.environment].toUpperCase()}
        </p>
      )}
      <Warnings proof={proof} />
      <Head proof={proof} />
      <p className="proof-standing">{proof.verdict}</p>
      {standing.reservations.length > 0 && (
        <SheetSection title="To be borne in mind">
          <ul className="proof-list">
            {standing.reservations.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </SheetSection>
      )}
      <SheetSection title="Payment">
        <FactList facts={proof.ids} />
      </SheetSection>
      <SheetSection title="Amounts">
        <FactList facts={proof.amounts} />
      </SheetSection>
      <Movements proof={proof} zone={copy.zone} />
      {cut.some((part) => part !== "sources") && (
        <p>More captures, refunds, disputes or tries are held than are listed here.</p>
      )}
      <SheetSection title="What was checked">
        <ProofResults results={proof.results} />
      </SheetSection>
      <SheetSection title="Payment details">
        {proof.details.length > 0 ? (
          <FactList facts={proof.details} />
        ) : (
          <p className="proof-muted">No payment of this request is known, so there are no details of one.</p>
        )}
      </SheetSection>
      <Disagreements proof={proof} />
      <SheetSection title="Where this comes from">
        <ProofSources sources={proof.sources} tables={proof.tables} zone={copy.zone} isCut={cut.includes("sources")} />
      </SheetSection>
      <Foot proof={proof} copy={copy} />
    </article>
  );
}

function Warnings({ proof: { standing, environment } }: { proof: Proof }) {
  return (
    <>
      {standing.unreal && (
        <div className={`proof-warning proof-${environment}`} role="note">
          <strong>{environmentLabel[environment]}: not a real payment</strong>
          {standing.unreal} This sheet proves nothing outside of tests.
        </div>
      )}
      {!standing.isPaid && (
        <div className="proof-warning proof-not" role="note">
          <strong>Not a proof of payment</strong>
          {standing.sentence} It is printed as a record of what is known.
        </div>
      )}
    </>
  );
}

function Head({ proof }: { proof: Proof }) {
  const { standing, status, environment } = proof;
  const [requested, captured] = proof.amounts;
  return (
    <header className="proof-head">
      <div>
        <h1 id="proof-title">{standing.isPaid ? "Proof of payment" : "Payment record"}</h1>
        <div className="proof-id">{proof.paymentRequestId}</div>
        <div className="proof-muted">
          Reference <code>{proof.referenceId ?? "none"}</code> · {environmentLabel[environment]}
        </div>
      </div>
      <div className="proof-total">
        <strong>{(standing.isPaid ? captured : requested)?.text ?? "amount not told"}</strong>
        <span>
          {status.word} <code>{status.code}</code>
        </span>
      </div>
    </header>
  );
}

function Movements({ proof, zone }: { proof: Proof; zone: string }) {
  const tables: readonly [title: string, entries: readonly ProofEntry[]][] = [
    ["Captures", proof.captures],
    ["Refunds", proof.refunds],
    ["Disputes", proof.disputes],
    // One payment is told above already.
    ["Payments tried", proof.payments.length > 1 || !proof.standing.isPaid ? proof.payments : []],
  ];
  return tables.map(
    ([title, entries]) =>
      entries.length > 0 && (
        <SheetSection key={title} title={title}>
          <ProofEntries label={title} entries={entries} zone={zone} />
        </SheetSection>
      ),
  );
}

function Disagreements({ proof: { disagreements } }: { proof: Proof }) {
  if (disagreements.length === 0) return null;
  return (
    <SheetSection title="Sources disagree">
      <ul className="proof-list">
        {disagreements.map(({ field, paymentId, values }) => (
          <li key={`${field} ${paymentId}`}>
            {field}: {values.map(({ value, source }) => `${value} (${source})`).join(", ")}
          </li>
        ))}
      </ul>
    </SheetSection>
  );
}

function Foot({ proof, copy }: { proof: Proof; copy: ProofCopy }) {
  return (
    <footer className="proof-foot">
      <p>
        As known at <ProofTime at={copy.at} zone={copy.zone} />, made by {copy.by} with Paydesk. Status{" "}
        {proof.status.code}. What Xendit reports later may change it.
      </p>
      <p>
        Personal data is masked. <From refs={["W"]} /> marks a webhook of Xendit, <From refs={["A"]} /> an answer of its
        API, <From refs={["B"]} /> the browser's word only.
      </p>
    </footer>
  );
}

/** The id and the page number on every sheet of paper; a browser without page margins leaves them out. */
function pageCss({ paymentRequestId, environment, standing }: Proof): string {
  const id = paymentRequestId.replace(/[^\w-]/g, "");
  const top = [
    standing.unreal && `${environmentLabel[environment]}: not a real payment`,
    !standing.isPaid && "Not a proof of payment",
  ]
    .filter(Boolean)
    .join(" · ");
  const font = "font: 8pt system-ui, Arial, sans-serif; color: #333;";
  return `
@page {
  margin: 18mm 16mm 18mm;
  @top-center { content: "${top}"; ${font} }
  @bottom-left { content: "${id}"; ${font} }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); ${font} }
}`;
}
