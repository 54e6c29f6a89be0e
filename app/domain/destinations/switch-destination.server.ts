import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { DestinationRefusal } from "./destination.ts";
import { type Changer, findChangeable, rowStatement } from "./find-changeable.server.ts";

interface Switch {
  readonly destinationId: string;
  readonly operator: Changer;
  readonly now: Date;
}

/** Off: nothing is sent, whatever is ordered; what waits, waits. */
export async function switchDestination(
  db: Database,
  { isOn, ...asked }: Switch & { readonly isOn: boolean },
): Promise<Result<null, DestinationRefusal>> {
  return change(db, asked, { values: { isOn }, detail: { isOn } });
}

/** Lets everything through again at once, for whoever knows that the other end is well. */
export async function closeBreaker(db: Database, asked: Switch): Promise<Result<null, DestinationRefusal>> {
  const values = { failuresInRow: 0, breakerOpenedAt: null };
  return change(db, asked, { values, detail: { breaker: "closed" } });
}

async function change(
  db: Database,
  { destinationId, operator, now }: Switch,
  { values, detail }: { values: Parameters<typeof rowStatement>[2]; detail: Record<string, unknown> },
): Promise<Result<null, DestinationRefusal>> {
  const found = await findChangeable(db, { destinationId, operator });
  if (!found.ok) return found;
  const written = await db.write([
    rowStatement(db, destinationId, values),
    auditStatement(db, { operator, action: "destinations:write", subject: destinationId, detail, now }),
  ]);
  return written.ok ? ok(null) : refused("not_found");
}
