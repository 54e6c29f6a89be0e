/** What a statement needs beside the proof's sheet: columns of figures, and digests that may break. */
export const statementStyle = `
.proof .statement-figures th,
.proof .statement-figures td {
  text-align: right;
  white-space: nowrap;
}
.proof .statement-figures th:first-child {
  width: 148px;
  text-align: left;
}
.proof .statement-figures tbody th {
  color: var(--proof-ink);
}
.proof .statement-sheet + .statement-sheet {
  margin-top: 14px;
}
.proof .statement-strong > * {
  font-weight: 600;
}
.proof .statement-digest {
  width: 34ch;
  min-width: 34ch;
}
.proof .statement-digest code {
  font-size: 11px;
}
@page {
  margin: 18mm 16mm 18mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt system-ui, Arial, sans-serif; color: #333; }
}
`;
