import { type CsvColumn, csvHeader, csvRow } from "~/lib/csv.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { formatUtc, toIso } from "~/lib/time.ts";
import type { EvidenceStamp } from "./evidence.ts";
import type { Proof } from "./proof.ts";
import type { HeldCheck, HeldEvent, HeldNote, HeldReceipt } from "./proof-records.server.ts";

/** The written files of a bundle. Pure: times are UTC, texts end with a line break. */

export function readmeText(proof: Proof, stamp: EvidenceStamp): string {
  const { standing, environment } = proof;
  return `${[
    "Evidence bundle",
    "===============",
    "",
    `Payment request  ${proof.paymentRequestId}`,
    `Reference        ${proof.referenceId ?? "none"}`,
    `Environment      ${environmentLabel[environment]}`,
    `Status           ${proof.status.word} (${proof.status.code})`,
    `Created          ${formatUtc(stamp.createdAt)}`,
    `Created by       ${stamp.createdBy}`,
    `For              ${stamp.reason}`,
    "",
    ...(standing.unreal ? [`NOT A REAL PAYMENT. ${standing.unreal}`, ""] : []),
    standing.sentence,
    ...standing.reservations.map((one) => `- ${one}`),
    "",
    "What is inside",
    "--------------",
    "proof.html       the proof of payment as a page; open it in any browser and print it",
    "summary.json     every code with its meaning, network, table and version, and which record told it",
    "timeline.json    what happened, oldest first; timeline.txt says the same in words",
    "receipts.csv     every arrival of every webhook, with the digest of its own bytes when they differed",
    "events/          the webhooks, one file each, named by Paydesk's event id",
    "receipts/        bytes of a repeated arrival that differed from the event's own",
    "api-answers/     answers of Xendit's API that were kept",
    "hand-backs/      what the browser handed back after the CVN step; a claim, not a proof",
    "bodies.csv       one line for each file of these four folders: the SHA-256 of the bytes as stored, and whether the file is exactly them",
    "checks.json      every check with Xendit: who asked, when, and how each call went",
    ...(stamp.includesNotes ? ["notes.txt        operators' notes"] : []),
    "digests.txt      SHA-256 of every file in this bundle but itself",
    "",
    "Folders that would be empty are not there.",
    "",
    "How to verify",
    "-------------",
    "Unpack, then in that folder: sha256sum -c digests.txt",
    "(macOS: shasum -a 256 -c digests.txt)",
    "A file that bodies.csv calls exact is, byte for byte, what Paydesk stored when it arrived: its digest in digests.txt and in bodies.csv is the same.",
    "",
    "What was masked",
    "---------------",
    "Card verification numbers and full card numbers are replaced before anything is stored; Paydesk never had them. bodies.csv marks the bodies in which that happened.",
    ...maskingLines(stamp),
    "",
    "Every time is UTC unless a zone stands beside it. The dates of the files in this zip are the time of creation, in UTC.",
  ].join("\n")}\n`;
}

function maskingLines({ includesPersonal }: EvidenceStamp): readonly string[] {
  if (includesPersonal) {
    return [
      "Personal data and authentication values (CAVV/AAV) are included in the bodies, byte for byte. Handle this bundle accordingly.",
      "proof.html and summary.json still mask e-mail addresses of the cardholder.",
    ];
  }
  return [
    "Personal data (names, e-mail and postal addresses, telephone numbers) and authentication values (CAVV/AAV) are replaced by [redacted] or ••• in the bodies; every other character is as received.",
    "bodies.csv says for each body whether anything was replaced, and gives the digest of the stored bytes all the same, so that a redacted copy can be compared with the original held by Paydesk.",
  ];
}

const receiptColumns: readonly CsvColumn<{ receipt: HeldReceipt; event: HeldEvent }>[] = [
  { name: "event_id", kind: "text", value: ({ event }) => event.eventId },
  { name: "receipt_id", kind: "text", value: ({ receipt }) => receipt.receiptId },
  { name: "received_at_utc", kind: "instant", value: ({ receipt }) => receipt.receivedAt },
  { name: "kind", kind: "text", value: ({ receipt }) => receipt.kind },
  { name: "event_type", kind: "text", value: ({ event }) => event.eventType },
  { name: "state", kind: "text", value: ({ event }) => event.state },
  { name: "webhook_id", kind: "text", value: ({ event }) => event.webhookId },
  { name: "same_content_as", kind: "text", value: ({ event }) => event.sameContentAs },
  { name: "own_bytes", kind: "number", value: ({ receipt }) => receipt.ownSize },
  { name: "own_sha256", kind: "text", value: ({ receipt }) => receipt.ownDigest },
];

/** Every arrival in the order in which they came. */
export function receiptsCsv(events: readonly HeldEvent[], receipts: readonly HeldReceipt[]): string {
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const rows = receipts.flatMap((receipt) => {
    const event = byId.get(receipt.eventId);
    return event ? [{ receipt, event }] : [];
  });
  rows.sort((a, b) => a.receipt.receivedAt - b.receipt.receivedAt || compare(a.receipt.receiptId, b.receipt.receiptId));
  return csvOf(receiptColumns, rows);
}

/** A file with a stored body, and how it relates to what is stored. */
export interface BodyFile {
  readonly file: string;
  readonly id: string;
  readonly what: string;
  readonly receivedAt: number;
  readonly storedDigest: string;
  readonly storedSize: number;
  readonly isExact: boolean;
  readonly isMasked: boolean;
}

const bodyColumns: readonly CsvColumn<BodyFile>[] = [
  { name: "file", kind: "text", value: (row) => row.file },
  { name: "id", kind: "text", value: (row) => row.id },
  { name: "what", kind: "text", value: (row) => row.what },
  { name: "received_at_utc", kind: "instant", value: (row) => row.receivedAt },
  { name: "stored_sha256", kind: "text", value: (row) => row.storedDigest },
  { name: "stored_bytes", kind: "number", value: (row) => row.storedSize },
  { name: "exact", kind: "text", value: (row) => (row.isExact ? "yes" : "no: values replaced") },
  { name: "card_data_masked", kind: "text", value: (row) => (row.isMasked ? "yes" : "no") },
];

export function bodiesCsv(files: readonly BodyFile[]): string {
  return csvOf(bodyColumns, files);
}

export function checksJson(checks: readonly HeldCheck[], redact: (text: string) => string): string {
  return json(
    checks.map(({ checkId, askedId, askedBy, at, answers }) => ({
      checkId,
      askedId,
      askedBy,
      atUtc: toIso(at),
      answers: answers.map(({ observationId: _, message, ...answer }) => ({
        ...answer,
        message: message === null ? null : redact(message),
      })),
    })),
  );
}

export function notesText(notes: readonly HeldNote[], redact: (text: string) => string): string {
  if (notes.length === 0) return "No notes.\n";
  return notes.map(({ author, at, text }) => `${formatUtc(at)}  ${author}\n${redact(text)}\n`).join("\n");
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return csvHeader(columns) + rows.map((row) => csvRow(columns, row)).join("");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
