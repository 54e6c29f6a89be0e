import { resolve } from "node:path";
import { readConfig } from "../app/env.server.ts";
import { backup, backupProblemText } from "../db/backup.ts";

/** `npm run backup -- FILE`: an online copy, read through afterwards. */
const [target] = process.argv.slice(2);
if (!target) {
  process.stderr.write("Usage: npm run backup -- FILE\n");
  process.exit(1);
}
const { databaseFile } = readConfig(process.env);
const problem = await backup(databaseFile, resolve(target));
if (problem) {
  process.stderr.write(`Not backed up. ${backupProblemText[problem.problem]}\n`);
  process.exit(1);
}
process.stdout.write(
  `${databaseFile} is copied to ${target} and the copy is whole. The keys beside the database are not in it: keep them too.\n`,
);
