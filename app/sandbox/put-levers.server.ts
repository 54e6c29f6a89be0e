import { eq } from "drizzle-orm";
import type { Json } from "../xendit/bodies/json.ts";
import { throwIfInvalid } from "./api-error.ts";
import { answer, type Call, readBody } from "./call.server.ts";
import { type Levers, parseLevers } from "./levers.ts";
import { requireSession } from "./sessions.server.ts";

/** Sets what this session's next tries end in. A sandbox extension: nothing of it is in a body real Xendit would see. */
export async function putLevers(call: Call): Promise<Response> {
  const session = await requireSession(call);
  const parsed = parseLevers(await readBody(call.request));
  if (!parsed.ok) throwIfInvalid(parsed.errors);
  const levers: Levers = parsed.ok ? parsed.levers : {};
  const { db } = call;
  const { sandboxSessions } = db.tables;
  const same = eq(sandboxSessions.paymentSessionId, session.paymentSessionId);
  const update = db.read
    .update(sandboxSessions)
    .set({ levers: { ...levers } })
    .where(same);
  await db.write([{ query: update, rows: 1 }]);
  return answer({ payment_session_id: session.paymentSessionId, levers: { ...levers } as Record<string, Json> });
}
