import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { unsealed } from "./callback-token.server.ts";
import type { DestinationRefusal } from "./destination.ts";
import { type Changer, findChangeable, rowStatement } from "./find-changeable.server.ts";
import { destroyAllKeys } from "./signing-keys.server.ts";

interface RemoveDestination {
  readonly destinationId: string;
  /** Its name as typed; asked for where live webhooks go. */
  readonly confirmation?: string;
  readonly operator: Changer;
  readonly now: Date;
}

/** Gone from every list, its token and secrets destroyed; past replays still name it. What was waiting for it fails. */
export async function removeDestination(
  db: Database,
  { destinationId, confirmation = "", operator, now }: RemoveDestination,
): Promise<Result<{ name: string }, DestinationRefusal>> {
  const found = await findChangeable(db, { destinationId, operator });
  if (!found.ok) return found;
  const { name, environments } = found.value;
  if (environments.includes("live") && confirmation !== name) return refused("name_not_typed");
  const written = await db.write([
    rowStatement(db, destinationId, { removedAt: now.getTime(), tokenSecret: null, forwards: false }),
    unsealed(db, destinationId),
    ...destroyAllKeys(db, destinationId, now.getTime()),
    auditStatement(db, {
      operator,
      action: "destinations:write",
      subject: destinationId,
      detail: { removed: name },
      now,
    }),
  ]);
  return written.ok ? ok({ name }) : refused("not_found");
}
