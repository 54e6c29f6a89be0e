import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { makersReach } from "../destinations/delivery-target.server.ts";
import type { Wanted } from "./forward-rules.ts";

/** A destination that gets what arrives, with what it takes as of now. */
export interface ForwardingDestination extends Wanted {
  readonly destinationId: string;
  readonly name: string;
  readonly createdBy: string;
  /** The last observation put into its queue. */
  readonly forwardAfter: number;
}

/** Those that forward and are on. Few: they are typed by hand. */
export async function listForwarding(db: Database): Promise<readonly ForwardingDestination[]> {
  const { destinations, operators } = db.tables;
  const rows = await db.read
    .select({ row: destinations, maker: operators })
    .from(destinations)
    .leftJoin(operators, eq(operators.operatorId, destinations.createdBy))
    .where(and(eq(destinations.forwards, true), eq(destinations.isOn, true), isNull(destinations.removedAt)));
  return rows.flatMap(({ row: { forwardAfter, ...row }, maker }) =>
    forwardAfter === null
      ? []
      : [
          {
            destinationId: row.destinationId,
            name: row.name,
            createdBy: row.createdBy,
            forwardAfter,
            ...wantedBy(row, maker),
          },
        ],
  );
}

type DestinationColumns = Database["tables"]["destinations"]["$inferSelect"];
type Maker = Parameters<typeof makersReach>[0];

/** Its own settings, within what whoever chose its URL may write destinations for, and see. */
export function wantedBy(row: Pick<DestinationColumns, "environments" | "eventTypes">, maker: Maker): Wanted {
  const reach = makersReach(maker);
  return {
    environments: reach.environments.filter((one) => row.environments === null || row.environments.includes(one)),
    businessIds: reach.businessIds,
    eventTypes: row.eventTypes,
  };
}
