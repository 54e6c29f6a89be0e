import { parseArgs } from "node:util";
import { benchImporting, IMPORTING_CHILD, importOne } from "./importing.ts";
import { benchMatching, MATCHING_CHILD, matchFile } from "./matching.ts";
import { type Measure, report } from "./measure.ts";
import { benchStore } from "./store.ts";

/**
 * `npm run bench -- --payments N --rows N --json`: what a store of so many payments does, and how long so many rows of a
 * report take to be read, and to be matched against as many captures. Nought leaves that part out.
 */
const { values } = parseArgs({
  options: {
    payments: { type: "string", default: "3000" },
    rows: { type: "string", default: "100000" },
    json: { type: "boolean" },
    [IMPORTING_CHILD]: { type: "string" },
    [MATCHING_CHILD]: { type: "string" },
  },
});
const [reportOf, matchOf] = [values[IMPORTING_CHILD], values[MATCHING_CHILD]];
if (typeof reportOf === "string") await importOne(reportOf);
else if (typeof matchOf === "string") await matchFile(matchOf);
else {
  const payments = Number(values.payments);
  const rows = Number(values.rows);
  if (payments > 0) for await (const result of benchStore(payments)) print({ ...result, payments });
  if (rows > 0) for await (const result of benchImporting(rows)) print(result);
  if (rows > 0) for await (const result of benchMatching(rows)) print(result);
}

function print(result: Measure): void {
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${report(result)}\n`);
}
