import { readConfig } from "../app/env.server.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";

/** `npm run db:rebuild`: folds every observation again, in slices, beside a running server if there is one. */
const { databaseFile } = readConfig(process.env);
migrate(databaseFile);
const db = await openDatabase({ file: databaseFile, threads: true });
try {
  let shown = -1;
  const startedAt = performance.now();
  const { observations } = await db.rebuild((done, total) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    if (percent === shown || (!process.stdout.isTTY && percent % 10 !== 0)) return;
    shown = percent;
    process.stdout.write(process.stdout.isTTY ? `\rFolding: ${percent} %` : `Folding: ${percent} %\n`);
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(`${process.stdout.isTTY ? "\n" : ""}Folded ${observations} observations in ${seconds} s\n`);
} finally {
  await db.close();
}
