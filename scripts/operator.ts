import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { addOperator } from "../app/domain/operators/add-operator.server.ts";
import { NewOperatorForm } from "../app/domain/operators/operator-form.ts";
import { ROLES } from "../app/domain/operators/permissions.ts";
import { readConfig } from "../app/env.server.ts";
import { ENVIRONMENTS } from "../app/lib/environment.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";

/** `npm run operator -- add EMAIL --role ROLE --password-stdin`: an operator without a browser. */
const USAGE = `Usage: npm run operator -- add EMAIL --role ROLE --password-stdin
ROLE is one of ${ROLES.join(", ")}. The password is the first line of standard input.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { role: { type: "string" }, "password-stdin": { type: "boolean" } },
});
const [command, email] = positionals;
if (command !== "add" || !email || !values["password-stdin"]) fail(USAGE);

const parsed = NewOperatorForm.safeParse({
  email,
  role: values.role,
  // Never an argument: arguments stand in the process list and in the shell's history.
  password: (await text(process.stdin)).split("\n")[0]?.replace(/\r$/, ""),
  environments: ENVIRONMENTS,
});
if (!parsed.success) fail(`${parsed.error.issues.map((issue) => issue.message).join("\n")}\n${USAGE}`);

const { databaseFile } = readConfig(process.env);
mkdirSync(dirname(databaseFile), { recursive: true, mode: 0o700 });
migrate(databaseFile);
const db = await openDatabase({ file: databaseFile, threads: true });
const added = await addOperator(db, { ...parsed.data, by: null, now: new Date() });
await db.close();
if (!added.ok) fail(`An operator with the e-mail ${email} is there already.\n`);
process.stdout.write(`${email} may sign in now as ${parsed.data.role}.\n`);

function fail(message: string): never {
  process.stderr.write(message);
  process.exit(1);
}
