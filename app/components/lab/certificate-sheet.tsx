import { ANSWER_WITHIN_MS, type LabVerdict, labPoints, labScenarios, verdictLabel } from "~/domain/lab/lab.ts";
import type { LabCertificate } from "~/domain/lab/lab-queries.server.ts";
import { byScenario, type Score, scoreOf, scoreText, timingOf } from "~/domain/lab/scoreboard.ts";
import { PAYDESK_VERSION } from "~/lib/version.ts";
import { FactList, ProofTime } from "../proof/proof-pieces.tsx";
import { proofStyle } from "../proof/proof-style.ts";
import { SheetSection } from "../ui/sheet-section.tsx";
import { certificateStyle } from "./certificate-style.ts";

interface CertificateSheetProps {
  readonly certificate: LabCertificate;
  readonly zone: string;
}

/** The same on screen, on paper and behind a shared link. Says what was not observable as loudly as what passed. */
export function CertificateSheet({ certificate, zone }: CertificateSheetProps) {
  const score = scoreOf(certificate.findings);
  const isClean = score.passed === score.rows.length;
  return (
    <article className="proof" aria-labelledby="certificate-title">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style sheet, no word of anybody else in it */}
      <style dangerouslySetInnerHTML={{ __html: proofStyle + certificateStyle }} />
      {!certificate.isIntact && <NotIntact />}
      {!isClean && <Reservations score={score} />}
      <header className="proof-head">
        <div>
          <h1 id="certificate-title">Integration certificate</h1>
          <div className="proof-id">{certificate.endpoint}</div>
          <div className="proof-muted">Card payment webhooks, tried with the fault lab of Paydesk</div>
        </div>
        <div className="proof-total">
          <strong>
            {score.passed} of {score.rows.length}
          </strong>
          <span>points passed</span>
        </div>
      </header>
      <p className="proof-standing">{scoreText(score)}.</p>
      <SheetSection title="Points">
        <Points score={score} />
      </SheetSection>
      <SheetSection title="Scenarios">
        <Scenarios certificate={certificate} />
      </SheetSection>
      <SheetSection title="The run">
        <RunFacts certificate={certificate} zone={zone} />
      </SheetSection>
      <SheetSection title="Requests">
        <Requests certificate={certificate} />
      </SheetSection>
      <Foot certificate={certificate} />
    </article>
  );
}

function NotIntact() {
  return (
    <div className="proof-warning proof-not" role="note">
      <strong>This certificate no longer holds</strong>
      What is stored of the run gives another digest than the one it ended with.
    </div>
  );
}

function Reservations({ score: { failed, notObservable } }: { score: Score }) {
  const parts = [
    failed > 0 && `${failed} ${failed === 1 ? "point" : "points"} failed.`,
    notObservable > 0 &&
      `${notObservable} ${notObservable === 1 ? "point was" : "points were"} not observable: nothing is said of them.`,
  ].filter(Boolean);
  return (
    <div className={failed > 0 ? "proof-warning proof-not" : "proof-warning"} role="note">
      <strong>{failed > 0 ? "Not every point passed" : "Not every point was observable"}</strong>
      {parts.join(" ")}
    </div>
  );
}

function Points({ score }: { score: Score }) {
  return (
    <table className="certificate-points" aria-label="Points">
      <thead>
        <tr>
          <th>Verdict</th>
          <th>Point</th>
        </tr>
      </thead>
      <tbody>
        {score.rows.map(({ point, verdict, findings }) => (
          <tr key={point}>
            <td>
              <Verdict verdict={verdict} />
            </td>
            <td>
              {labPoints[point].label}
              <div className="proof-muted">{labPoints[point].question}</div>
              {verdict !== "passed" && (
                <div className="certificate-detail">
                  {findings.length === 0
                    ? "No scenario that tells it was run."
                    : findings
                        .filter((finding) => finding.verdict === verdict)
                        .map(({ scenario, detail }) => `${labScenarios[scenario].label}: ${detail}.`)
                        .join(" ")}
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Scenarios({ certificate }: { certificate: LabCertificate }) {
  return (
    <table className="certificate-points" aria-label="Scenarios">
      <thead>
        <tr>
          <th>Verdict</th>
          <th>Scenario</th>
        </tr>
      </thead>
      <tbody>
        {byScenario(certificate.findings, certificate.scenarios).map(({ scenario, verdict }) => (
          <tr key={scenario}>
            <td>
              <Verdict verdict={verdict} />
            </td>
            <td>
              {labScenarios[scenario].label}
              <div className="proof-muted">{labScenarios[scenario].about}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const marks: Readonly<Record<LabVerdict, string>> = { passed: "✓", failed: "✗", not_observable: "–" };

function Verdict({ verdict }: { verdict: LabVerdict }) {
  return (
    <span className={`certificate-verdict certificate-${verdict}`}>
      <span aria-hidden="true">{marks[verdict]} </span>
      {verdictLabel[verdict]}
    </span>
  );
}

function RunFacts({ certificate, zone }: CertificateSheetProps) {
  const timing = timingOf(certificate.latencies);
  const fact = (label: string, text: string, isId = false) => ({ label, text, note: null, isId, from: [] });
  return (
    <>
      <FactList
        facts={[
          fact("Endpoint", certificate.endpoint, true),
          fact("Run", certificate.runId, true),
          fact("Seed", String(certificate.seed), true),
          fact(
            "Answers",
            timing
              ? `${timing.requests}, 95 % within ${timing.p95Ms} ms, slowest ${timing.maxMs} ms; ${ANSWER_WITHIN_MS / 1000} s allowed`
              : "none",
          ),
          fact("Probe", certificate.hasProbe ? "asked after each scenario" : "none given"),
        ]}
      />
      <dl className="proof-facts">
        {(["startedAt", "finishedAt"] as const).map((name) => (
          <div key={name} className="proof-fact">
            <dt>{name === "startedAt" ? "Started" : "Ended"}</dt>
            <dd>
              <ProofTime at={certificate[name]} zone={zone} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Requests({ certificate }: { certificate: LabCertificate }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, and there are none
    <div className="proof-scroll" tabIndex={0} role="group" aria-label="Requests">
      <table aria-label="Requests">
        <thead>
          <tr>
            <th>No.</th>
            <th>Sent</th>
            <th>Answer</th>
            <th>SHA-256 of the body</th>
          </tr>
        </thead>
        <tbody>
          {certificate.requests.map(({ sequence, scenario, about, outcome, bodyDigest }) => (
            <tr key={sequence}>
              <td>{sequence}</td>
              <td>
                {labScenarios[scenario].label}: {about}
              </td>
              <td>{outcome === "held" ? "held back" : outcome}</td>
              <td className="certificate-sha">
                <code>{bodyDigest}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Foot({ certificate }: { certificate: LabCertificate }) {
  return (
    <footer className="proof-foot">
      <p>
        Digest of the results (SHA-256)<code className="certificate-digest">{certificate.digest}</code>
      </p>
      <p>
        {certificate.isIntact
          ? "Counted again when this page was made: what is stored of the run still gives this digest. "
          : "Counted again when this page was made: what is stored of the run gives another digest. "}
        With the seed every body can be sent again, byte for byte. The payments were made up; none of them is real.
      </p>
      <p>Made with Paydesk {PAYDESK_VERSION}. A certificate tells how this endpoint did in this run, and no more.</p>
    </footer>
  );
}
