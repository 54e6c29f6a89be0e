import { resolve } from "node:path";
import { readConfig } from "../app/env.server.ts";
import { backupProblemText, restore } from "../db/backup.ts";
import { migrate } from "../db/migrate.ts";

/** `npm run restore -- FILE`: checked before it replaces anything; what was there before is kept beside it. */
const [source] = process.argv.slice(2);
if (!source) {
  process.stderr.write("Usage: npm run restore -- FILE\n");
  process.exit(1);
}
const { databaseFile } = readConfig(process.env);
const outcome = await restore(resolve(source), databaseFile, new Date());
if (outcome.problem !== null) {
  const detail = "detail" in outcome ? ` (${outcome.detail})` : "";
  process.stderr.write(`Nothing was changed. ${backupProblemText[outcome.problem]}${detail}\n`);
  process.exit(1);
}
migrate(databaseFile);
process.stdout.write(`${databaseFile} is now what ${source} holds.\n`);
if (outcome.replaced) process.stdout.write(`What it held before is in ${outcome.replaced}\n`);
