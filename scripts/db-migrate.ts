import { readConfig } from "../app/env.server.ts";
import { migrate } from "../db/migrate.ts";

/** `npm run db:migrate`: brings the database up to date, or makes one. */
const { databaseFile } = readConfig(process.env);
migrate(databaseFile);
process.stdout.write(`${databaseFile} is up to date\n`);
