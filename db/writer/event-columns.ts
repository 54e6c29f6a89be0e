import type { Observation } from "../../app/xendit/observation.ts";
import type { Engine } from "./engine.ts";
import { run } from "./statements.ts";

/** The columns of an event that come from its body. Its state is the fold's to say. */
export function eventColumns({ eventType, businessId, primaryId, status, currency, codes }: Observation) {
  const { eci, cvn, avs, response } = codes;
  return { eventType, businessId, primaryId, status, eci, cvn, avs, response, currency };
}

export function correctEventColumns({ connection }: Engine, observationId: number, observation: Observation): void {
  run(
    connection,
    `UPDATE events SET event_type = @eventType, business_id = @businessId, primary_id = @primaryId, status = @status,
       eci = @eci, cvn = @cvn, avs = @avs, response = @response, currency = @currency
     WHERE observation_id = @observationId
     AND (event_type, business_id, primary_id, status, eci, cvn, avs, response, currency) IS NOT
       (@eventType, @businessId, @primaryId, @status, @eci, @cvn, @avs, @response, @currency)`,
    { observationId, ...eventColumns(observation) },
  );
}
