import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../app/env.server.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import { seedDemo } from "../db/seed.ts";

/** `npm run db:seed -- --payments N --seed S`: demo payments of the sandbox environment, through the capture code. */
const { values } = parseArgs({ options: { payments: { type: "string" }, seed: { type: "string" } } });
const payments = wholeNumber("--payments", values.payments ?? "3000");
const seed = wholeNumber("--seed", values.seed ?? "1");

let shown = 0;
const { databaseFile } = readConfig(process.env);
mkdirSync(dirname(databaseFile), { recursive: true, mode: 0o700 });
migrate(databaseFile);
const db = await openDatabase({ file: databaseFile, threads: true });
process.stdout.write(`Filling ${databaseFile} with ${payments} demo payments (seed ${seed})\n`);
try {
  const startedAt = performance.now();
  const { observations } = await seedDemo(db, { payments, seed, now: new Date(), progress: showProgress });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(`Seeded ${payments} payments from ${observations} webhooks and answers in ${seconds} s\n`);
} finally {
  await db.close();
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  process.stderr.write(`${name} takes a whole number above zero, not “${text}”\n`);
  process.exit(1);
}

/** One line that is written over on a terminal, a line each quarter elsewhere. */
function showProgress(done: number, total: number): void {
  const percent = Math.floor((100 * done) / total);
  if (process.stdout.isTTY) process.stdout.write(`\r${percent} % of ${total}${done === total ? "\n" : ""}`);
  else if (percent >= shown + 25 || done === total) process.stdout.write(`${percent} % of ${total}\n`);
  else return;
  shown = percent;
}
