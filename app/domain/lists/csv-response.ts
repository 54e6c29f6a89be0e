import { type CsvColumn, csvStream } from "~/lib/csv.ts";
import type { Environment } from "~/lib/environment.ts";
import type { ParamProblem } from "~/lib/search-params.ts";

/** Rows of one chunk: large enough to be quick, small enough to give way to whoever else waits for the heavy reader. */
export const EXPORT_CHUNK = 1000;

interface Export<Row> {
  /** Of the file, with its environment: a list's name, or an id. */
  readonly name: string;
  readonly environment: Environment;
  readonly columns: readonly CsvColumn<Row>[];
  readonly chunks: AsyncGenerator<readonly Row[], void, void>;
}

/** The first chunk is read before the headers go, so that what fails at once is an error and not a broken file. */
export async function csvResponse<Row>({ name, environment, columns, chunks }: Export<Row>): Promise<Response> {
  const first = await chunks.next();
  return new Response(csvStream(columns, startingWith(first, chunks)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}-${environment}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}

/** A filter that was not understood would make a wider file than was asked for, so there is none. */
export function refuseExport(problems: readonly ParamProblem[]): Response {
  const lines = problems.map(({ param, value, message }) => `${param}=${value} ${message}`);
  return new Response(`Nothing was exported. Not understood:\n${lines.join("\n")}\n`, {
    status: 400,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}

async function* startingWith<Row>(
  first: IteratorResult<readonly Row[], void>,
  rest: AsyncGenerator<readonly Row[], void, void>,
): AsyncGenerator<readonly Row[], void, void> {
  if (first.done) return;
  try {
    yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}
