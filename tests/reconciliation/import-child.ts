import { startImporter } from "../../app/domain/reconciliation/importer.server.ts";
import { createSignals } from "../../app/lib/signals.ts";
import { openDatabase } from "../../db/open-database.ts";
import { aConfig } from "../setup/config.ts";

/** Run as a process of its own by import-kill.test.ts, and killed: says how far its import is after each slice. */
const [file = ""] = process.argv.slice(2);
const db = await openDatabase({ file, threads: true });
const took = db.importRows;
const told: typeof db = {
  ...db,
  async importRows(slice) {
    const taken = await took(slice);
    process.stdout.write(`${slice.position}\n`);
    return taken;
  },
};
startImporter({ db: told, config: aConfig({ databaseFile: file }), signals: createSignals() });
