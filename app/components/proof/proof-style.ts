/**
 * How the sheet looks on screen, on paper and in the evidence bundle, where no other style is: colours are tokens where
 * there are any, else ink on white. A string and no style sheet, because it travels inside the proof.
 */
export const proofStyle = `
.proof {
  --proof-ink: var(--color-ink, #172033);
  --proof-muted: var(--color-muted, #536079);
  --proof-line: var(--color-line, #dfe4ec);
  --proof-bad: var(--color-bad, #ad2118);
  --proof-mono: var(--font-mono, ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace);
  position: relative;
  max-width: 860px;
  padding: 32px 40px;
  border: 1px solid var(--proof-line);
  border-radius: 6px;
  background: var(--color-surface, #fff);
  color: var(--proof-ink);
  font: 13px / 1.5 var(--font-sans, system-ui, "Segoe UI", Arial, sans-serif);
  font-variant-numeric: tabular-nums;
}
.proof h1,
.proof h2,
.proof p,
.proof dl,
.proof dd,
.proof ul {
  margin: 0;
  padding: 0;
}
.proof h1 {
  font-size: 22px;
  font-weight: 600;
  line-height: 1.25;
}
.proof h2 {
  margin-bottom: 6px;
  padding-bottom: 3px;
  border-bottom: 1px solid var(--proof-line);
  font-size: 13px;
  font-weight: 600;
}
.proof section {
  margin-top: 22px;
}
.proof .proof-head {
  display: flex;
  flex-wrap: wrap;
  align-items: flex-start;
  justify-content: space-between;
  gap: 4px 24px;
}
.proof .proof-id,
.proof code {
  font-family: var(--proof-mono);
  font-size: 12px;
  overflow-wrap: anywhere;
}
.proof .proof-muted {
  color: var(--proof-muted);
}
.proof .proof-total {
  text-align: right;
}
.proof .proof-total strong {
  display: block;
  font-size: 22px;
  font-weight: 600;
  line-height: 1.25;
}
.proof .proof-warning {
  margin-bottom: 18px;
  padding: 8px 12px;
  border: 2px solid var(--proof-ink);
}
.proof .proof-warning strong {
  display: block;
  font-size: 15px;
}
.proof .proof-not {
  border-color: var(--proof-bad);
}
.proof .proof-not strong {
  color: var(--proof-bad);
}
.proof .proof-standing {
  margin-top: 14px;
  font-size: 14px;
}
.proof .proof-list {
  padding-left: 18px;
  list-style: disc;
}
.proof .proof-facts {
  display: grid;
  grid-template-columns: 196px minmax(0, 1fr);
}
.proof .proof-fact {
  display: contents;
}
.proof .proof-fact dt,
.proof .proof-fact dd {
  padding: 2px 0;
}
.proof .proof-fact dt {
  padding-right: 12px;
  color: var(--proof-muted);
}
.proof table {
  width: 100%;
  border-collapse: collapse;
  text-align: left;
}
.proof th,
.proof td {
  padding: 4px 12px 4px 0;
  border-bottom: 1px solid var(--proof-line);
  vertical-align: top;
  text-align: left;
}
.proof th {
  color: var(--proof-muted);
  font-weight: 400;
}
.proof td:last-child,
.proof th:last-child {
  padding-right: 0;
}
.proof .proof-amount {
  text-align: right;
  white-space: nowrap;
}
.proof .proof-scroll {
  overflow-x: auto;
}
@media screen and (max-width: 640px) {
  .proof .proof-scroll table {
    min-width: 540px;
  }
}
.proof .proof-from {
  margin-left: 6px;
  color: var(--proof-muted);
  font-size: 11px;
  white-space: nowrap;
}
.proof .proof-code {
  font-weight: 600;
}
.proof time span {
  white-space: nowrap;
}
.proof td time span {
  display: block;
}
.proof .proof-sandbox {
  border-color: var(--color-sandbox-mark, #7c4ad6);
  background: var(--color-sandbox-soft, #f0e9fd);
}
.proof .proof-test {
  border-color: var(--color-test-mark, #c47d10);
  background: var(--color-test-soft, #fcefd3);
}
.proof .proof-foot {
  margin-top: 26px;
  padding-top: 8px;
  border-top: 1px solid var(--proof-line);
  color: var(--proof-muted);
  font-size: 12px;
}
.proof .proof-mark {
  display: none;
}

@media (max-width: 640px) {
  .proof {
    padding: 16px;
  }
  .proof .proof-total {
    text-align: left;
  }
  .proof .proof-facts {
    display: block;
  }
  .proof .proof-fact {
    display: block;
    padding: 3px 0;
  }
  .proof .proof-fact dt,
  .proof .proof-fact dd {
    padding: 0;
  }
}

@media print {
  .proof {
    --proof-ink: #000;
    --proof-muted: #333;
    --proof-line: #999;
    --proof-bad: #000;
    max-width: none;
    padding: 0;
    border: 0;
    background: #fff;
    /* So that the mark behind the words lies on the paper and not under it. */
    isolation: isolate;
    font-size: 9.5pt;
    line-height: 1.4;
  }
  .proof .proof-warning {
    border-color: #000;
    background: #fff;
  }
  .proof .proof-id,
  .proof code {
    font-size: 8.5pt;
  }
  .proof section {
    margin-top: 14pt;
  }
  .proof .proof-facts {
    display: grid;
    grid-template-columns: 44mm minmax(0, 1fr);
  }
  .proof .proof-fact {
    display: contents;
  }
  .proof .proof-fact dt,
  .proof .proof-fact dd {
    padding: 1.5pt 0;
  }
  .proof .proof-total {
    text-align: right;
  }
  .proof .proof-scroll {
    overflow: visible;
  }
  /* A heading stays with what it heads, a row in one piece; a long table may go on overleaf with its head repeated. */
  .proof h2 {
    break-after: avoid;
  }
  .proof tr,
  .proof .proof-fact dd,
  .proof .proof-warning,
  .proof .proof-foot {
    break-inside: avoid;
  }
  .proof thead {
    display: table-header-group;
  }
  /* What stands fixed is printed on every page. */
  .proof .proof-mark {
    position: fixed;
    top: 42%;
    left: 0;
    right: 0;
    z-index: -1;
    display: block;
    color: #e4e4e4;
    font-size: 84pt;
    font-weight: 700;
    line-height: 1;
    text-align: center;
    transform: rotate(-32deg);
    -webkit-print-color-adjust: exact;
    print-color-adjust: exact;
  }
}
`;
