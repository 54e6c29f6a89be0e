import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open-database.ts";
import { anArrival, aPayment, captureBody, sessionBody } from "./arrivals.ts";

/** Run as a process of its own by crash.test.ts, and killed: prints the id of each event once it is acknowledged. */
const [file = ""] = process.argv.slice(2);
const WEBHOOKS = 10_000;
const CALLERS = 64;

migrate(file);
const db = await openDatabase({ file, threads: true });
let next = 0;

async function call(): Promise<void> {
  for (let number = next++; number < WEBHOOKS; number = next++) {
    const payment = aPayment(Math.floor(number / 2));
    const body = number % 2 === 0 ? sessionBody(payment) : captureBody(payment);
    const { eventId } = await db.capture(anArrival(body));
    process.stdout.write(`${eventId}\n`);
  }
}

await Promise.all(Array.from({ length: CALLERS }, call));
await db.close();
