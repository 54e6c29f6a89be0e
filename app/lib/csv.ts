/** CSV as DESIGN 7 promises it: UTF-8 without BOM, CRLF, ISO UTC, and no cell a spreadsheet would run as a formula. */
export type CsvColumn<Row> =
  | { readonly name: string; readonly kind: "text"; readonly value: (row: Row) => string | null }
  /** A plain decimal of ours; never quoted, never guarded. */
  | { readonly name: string; readonly kind: "number"; readonly value: (row: Row) => string | number | null }
  | { readonly name: string; readonly kind: "instant"; readonly value: (row: Row) => number | null };

export function csvHeader<Row>(columns: readonly CsvColumn<Row>[]): string {
  return line(columns.map((column) => column.name));
}

export function csvRow<Row>(columns: readonly CsvColumn<Row>[], row: Row): string {
  return line(columns.map((column) => cell(column, row)));
}

/**
 * Streams chunks of rows as they are asked for, reading one chunk ahead. An error on the way errors the stream, which
 * kills the connection: a file that ends early must not look like a whole one.
 */
export function csvStream<Row>(
  columns: readonly CsvColumn<Row>[],
  chunks: AsyncIterator<readonly Row[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let ahead: Promise<IteratorResult<readonly Row[]>> | null = null;
  const readAhead = () => {
    const chunk = chunks.next();
    // It may fail while nobody is waiting for it; the failure is taken up by the next pull.
    chunk.catch(() => {});
    return chunk;
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(csvHeader(columns)));
      },
      async pull(controller) {
        const chunk = await (ahead ?? readAhead());
        if (chunk.done) return controller.close();
        ahead = readAhead();
        const text = chunk.value.map((row) => csvRow(columns, row)).join("");
        controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 2 },
  );
}

function cell<Row>(column: CsvColumn<Row>, row: Row): string {
  if (column.kind === "text") return quoted(guarded(column.value(row) ?? ""));
  if (column.kind === "number") return String(column.value(row) ?? "");
  const at = column.value(row);
  return at === null ? "" : new Date(at).toISOString();
}

/** Reference ids are the shopper's to choose: `=HYPERLINK(…)` would run in the finance team's spreadsheet. */
function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function line(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}
