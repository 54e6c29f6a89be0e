import { type Figures, MEASURES, type Measure, sumLabel } from "~/domain/reconciliation/figures.ts";
import { formatMonth, parseMonth } from "~/domain/reconciliation/month.ts";
import { isFrozen, onRecord, type Statement } from "~/domain/reconciliation/statement.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { formatDay, parseDay } from "~/lib/time.ts";
import { PAYDESK_VERSION } from "~/lib/version.ts";
import { classText } from "~/xendit/reconcile/class-words.ts";
import { ProofTime } from "../proof/proof-pieces.tsx";
import { proofStyle } from "../proof/proof-style.ts";
import { SheetSection } from "../ui/sheet-section.tsx";
import { changeText } from "./adjustment-list.tsx";
import { counted, currencyText } from "./amount-text.ts";
import { Amount } from "./figures-table.tsx";
import { ScrollBox } from "./scroll-box.tsx";
import { StatementDays } from "./statement-days.tsx";
import { statementStyle } from "./statement-style.ts";

/** Currencies side by side on one sheet's width. */
const COLUMNS = 3;

/** The period on paper: as frozen, or marked a draft on every page. */
export function StatementSheet({ statement }: { statement: Statement }) {
  const { figures, classes, posted, zone, kind } = statement;
  const frozen = isFrozen(statement);
  return (
    <article className="proof" aria-labelledby="statement-title">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own style sheet, no word of anybody else in it */}
      <style dangerouslySetInnerHTML={{ __html: proofStyle + statementStyle }} />
      {!frozen && (
        <div className="proof-mark" aria-hidden="true">
          Draft
        </div>
      )}
      <Warnings statement={statement} />
      <header className="proof-head">
        <div>
          <h1 id="statement-title">Reconciliation statement</h1>
          <div>{periodText(statement)}</div>
          <div className="proof-muted">
            {environmentLabel[statement.environment]} · business days in {zone}
          </div>
        </div>
        <div className="proof-total">
          <strong>{frozen ? "Frozen" : "Draft"}</strong>
          <span>{stateText(statement)}</span>
        </div>
      </header>
      <SheetSection title={kind === "day" ? "Totals of the day" : "Totals of its days"}>
        {figures.length === 0 ? <p>No money was captured, and no report speaks of any.</p> : null}
        <FigureTables label="Totals" figures={figures} />
      </SheetSection>
      {posted.groups > 0 && (
        <SheetSection title="Adjustments of days closed before">
          <p>
            {counted(posted.groups, "payment")} changed after {posted.groups === 1 ? "its" : "their"} day was closed,
            and {posted.groups === 1 ? "is" : "are"} on record with{" "}
            {kind === "day" ? "this close" : "the closes of this month"}.
          </p>
          <FigureTables label="Adjustments" figures={posted.figures} isChange />
          <Names statement={statement} />
          <h3 className="proof-muted">On record, days and adjustments together</h3>
          <FigureTables label="On record" figures={onRecord(statement)} />
        </SheetSection>
      )}
      <SheetSection title="Classes">
        {classes.length === 0 ? <p>Nothing belongs to this period.</p> : <Classes classes={classes} />}
      </SheetSection>
      <SheetSection title={kind === "day" ? "Closing" : "Days"}>
        <StatementDays statement={statement} />
      </SheetSection>
      <Foot statement={statement} />
    </article>
  );
}

function Warnings({ statement }: { statement: Statement }) {
  const { environment, late, isLimited, verified } = statement;
  return (
    <>
      {environment !== "live" && (
        <div className={`proof-warning proof-${environment}`} role="note">
          <strong>{environmentLabel[environment]}: no real money</strong>
          Its payments were made up, and so were its reports.
        </div>
      )}
      {verified && !verified.isSame && (
        <div className="proof-warning proof-not" role="note">
          <strong>This statement does not hold</strong>
          What is on record gives another digest or other totals than the day was closed with.
        </div>
      )}
      {!isFrozen(statement) && (
        <div className="proof-warning" role="note">
          <strong>Draft</strong>
          {statement.kind === "day" ? "This day is not closed." : "Not every day of this month is closed."} Its figures
          still change.
        </div>
      )}
      {late > 0 && (
        <div className="proof-warning" role="note">
          <strong>{counted(late, "payment")} changed after closing</strong>
          That is in no figure here: it goes on record with the next close.
        </div>
      )}
      {isLimited && (
        <div className="proof-warning" role="note">
          <strong>Some businesses only</strong>
          Every figure leaves out what the person who made this statement may not see.
        </div>
      )}
    </>
  );
}

interface FigureTablesProps {
  readonly label: string;
  readonly figures: readonly Figures[];
  readonly isChange?: boolean;
}

function FigureTables({ label, figures, isChange }: FigureTablesProps) {
  const sheets = Array.from({ length: Math.ceil(figures.length / COLUMNS) }, (_, place) =>
    figures.slice(place * COLUMNS, (place + 1) * COLUMNS),
  );
  return sheets.map((sheet) => (
    <ScrollBox
      key={sheet[0]?.currency}
      className="proof-scroll statement-sheet"
      label={`${label}, ${sheet.map(({ currency }) => currencyText(currency)).join(", ")}`}
    >
      <table
        className="statement-figures"
        aria-label={`${label}, ${sheet.map(({ currency }) => currencyText(currency)).join(", ")}`}
      >
        <thead>
          <tr>
            <th>
              <span className="proof-muted">Amounts in</span>
            </th>
            {sheet.map(({ currency }) => (
              <th key={currency} scope="col">
                {currencyText(currency)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {MEASURES.map(({ name }) => (
            <FigureRow key={name} measure={name} figures={sheet} isChange={isChange} />
          ))}
          {sheet.some(({ untold }) => untold > 0) && (
            <tr>
              <th scope="row">Amounts in no total</th>
              {sheet.map(({ currency, untold }) => (
                <td key={currency}>{untold.toLocaleString("en")}</td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </ScrollBox>
  ));
}

interface FigureRowProps {
  readonly measure: Measure;
  readonly figures: readonly Figures[];
  readonly isChange?: boolean;
}

function FigureRow({ measure, figures, isChange }: FigureRowProps) {
  return (
    <tr className={measure === "difference" ? "statement-strong" : undefined}>
      <th scope="row">{sumLabel[measure]}</th>
      {figures.map((one) => (
        <td key={one.currency}>
          <Amount of={one} measure={measure} isChange={isChange} />
        </td>
      ))}
    </tr>
  );
}

/** As many as fit a sheet one reads; how many more there are is said, and where. */
function Names({ statement: { posted } }: { statement: Statement }) {
  const rest = posted.next === null ? 0 : Math.max(1, posted.groups - posted.named.length);
  return (
    <>
      <ul className="proof-list">
        {posted.named.map((one) => (
          <li key={`${one.groupKey} ${one.day} ${one.currency} ${one.period}`}>
            <span className="proof-id">{one.groupKey}</span>, {formatDay(one.day)}: {changeText(one)}
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p>
          <strong>{counted(rest, "more payment")}</strong> {rest === 1 ? "is" : "are"} in the figures above and not
          named here; the page of the day lists every one.
        </p>
      )}
    </>
  );
}

function Classes({ classes }: Pick<Statement, "classes">) {
  return (
    <table className="statement-figures" aria-label="Classes">
      <thead>
        <tr>
          <th>Class</th>
          <th>Groups</th>
        </tr>
      </thead>
      <tbody>
        {classes.map(({ class: one, groups }) => (
          <tr key={one}>
            <th scope="row">{classText[one].label}</th>
            <td>{groups.toLocaleString("en")}</td>
          </tr>
        ))}
        <tr className="statement-strong">
          <th scope="row">All</th>
          <td>{classes.reduce((sum, one) => sum + one.groups, 0).toLocaleString("en")}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Foot({ statement: { madeAt, madeBy, zone, verified } }: { statement: Statement }) {
  return (
    <footer className="proof-foot">
      {verified?.isSame && (
        <p>
          Counted again when this page was made: {counted(verified.rows, "row")} on record give the same digest and
          totals.
        </p>
      )}
      <p>
        The difference is (captured − refunded) − (reported − refunds reported). Nothing is added across currencies or
        environments. A capture's money belongs to its own day, a report's row to the day of what it is about.
      </p>
      <p>
        Made by {madeBy} at <ProofTime at={madeAt} zone={zone} /> with Paydesk {PAYDESK_VERSION}.
      </p>
    </footer>
  );
}

export function periodText({ kind, period }: Pick<Statement, "kind" | "period">): string {
  const day = kind === "day" ? parseDay(period) : null;
  if (day) return formatDay(day);
  const month = parseMonth(period);
  return month ? formatMonth(month) : period;
}

function stateText({ kind, days }: Statement): string {
  const closed = days.filter((day) => day.closing !== null).length;
  if (kind === "day") return closed === 1 ? "day closed" : "day open";
  return `${closed} of ${days.length} days closed`;
}
