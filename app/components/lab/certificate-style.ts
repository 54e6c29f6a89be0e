/** What the certificate needs beside the proof's sheet: marks that tell verdicts apart in black and white too. */
export const certificateStyle = `
.proof .certificate-verdict {
  white-space: nowrap;
  font-weight: 600;
}
.proof .certificate-failed {
  color: var(--proof-bad);
}
.proof .certificate-not_observable {
  color: var(--proof-muted);
  font-weight: 400;
}
.proof .certificate-detail {
  overflow-wrap: anywhere;
}
.proof .certificate-points td:first-child {
  width: 108px;
}
.proof .certificate-sha {
  width: 34ch;
  min-width: 34ch;
}
.proof .certificate-sha code {
  font-size: 11px;
}
.proof .certificate-digest {
  display: block;
  margin-top: 2px;
}
@media (max-width: 640px) {
  .proof .certificate-points,
  .proof .certificate-points tbody,
  .proof .certificate-points tr,
  .proof .certificate-points td {
    display: block;
    width: auto;
  }
  .proof .certificate-points tr {
    padding: 6px 0;
    border-bottom: 1px solid var(--proof-line);
  }
  .proof .certificate-points td,
  .proof .certificate-points td:first-child {
    width: auto;
    padding: 1px 0;
    border: 0;
  }
  .proof .certificate-points thead {
    display: none;
  }
}
@media print {
  .proof .certificate-points td:first-child {
    width: 26mm;
  }
}
@page {
  margin: 18mm 16mm 18mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt system-ui, Arial, sans-serif; color: #333; }
}
`;
