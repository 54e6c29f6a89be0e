import { z } from "zod";
import type { AppContext } from "~/context.server.ts";
import { type FieldErrors, parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import type { Toast } from "~/lib/toast.server.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";
import { settleEnvironment } from "../lists/settle-filters.ts";
import type { Operator } from "../operators/operator.ts";
import { replayRefusals } from "../replays/replay.ts";
import { processAgain } from "./process-again.server.ts";
import { type QuarantineRefusal, quarantineRefusals } from "./quarantine.ts";
import { parseQuarantineFilters } from "./quarantine-filters.ts";
import { ProcessAgainForm, SetAsideForm, TakeBackForm } from "./quarantine-forms.ts";
import { listOpenIds } from "./quarantine-queries.server.ts";
import { setAside, takeBack } from "./set-aside.server.ts";

type Context = Pick<AppContext, "db" | "config" | "signals">;

interface Asked {
  readonly form: FormData;
  /** Already narrowed to the permission its intent takes. */
  readonly operator: Operator;
  /** Of the list, whose filters "all of them" means. */
  readonly url: string;
  readonly now: Date;
}

export type Changed =
  | { readonly ok: true; readonly to: string; readonly toast: Toast }
  | { readonly ok: false; readonly status: 400 | 404 | 409; readonly errors: FieldErrors };

/** The most that one press of a button reads again; more is planned first, as a replay. */
const AT_ONCE = 100;

/** What the work list and a webhook's page post: `intent` set-aside, take-back or process-again. */
export async function changeQuarantine(context: Context, asked: Asked): Promise<Changed> {
  switch (asked.form.get("intent")) {
    case "set-aside":
      return setEventsAside(context, asked);
    case "take-back":
      return takeEventsBack(context, asked);
    case "process-again":
      return processEventsAgain(context, asked);
    default:
      return { ok: false, status: 400, errors: { form: "This form was not understood" } };
  }
}

async function setEventsAside({ db }: Context, { form, operator, now }: Asked): Promise<Changed> {
  const parsed = parseForm(SetAsideForm, form);
  if (!parsed.ok) return { ok: false, status: 400, errors: parsed.errors };
  const { event: eventIds, reason } = parsed.value;
  const done = await setAside(db, { eventIds, reason, operator, now });
  if (!done.ok) return refusal(done.refusal);
  return { ok: true, to: backTo(form), toast: { tone: "good", text: `${webhooks(done.value.count)} set aside` } };
}

async function takeEventsBack({ db }: Context, { form, operator, now }: Asked): Promise<Changed> {
  const parsed = parseForm(TakeBackForm, form);
  if (!parsed.ok) return { ok: false, status: 400, errors: parsed.errors };
  const done = await takeBack(db, { eventIds: parsed.value.event, operator, now });
  if (!done.ok) return refusal(done.refusal);
  return { ok: true, to: backTo(form), toast: { tone: "good", text: `${webhooks(done.value.count)} open again` } };
}

async function processEventsAgain(context: Context, asked: Asked): Promise<Changed> {
  const { form, operator, now } = asked;
  const parsed = parseForm(ProcessAgainForm, form);
  if (!parsed.ok) return { ok: false, status: 400, errors: parsed.errors };
  const { event, all, idempotencyKey } = parsed.value;
  const eventIds = all === undefined ? event : await openIds(context, asked);
  if (eventIds.length === 0) return refusal("nothing_open");
  const ordered = await processAgain(context, { eventIds, idempotencyKey, operator, now });
  if (!ordered.ok) {
    if (ordered.refusal === "event_not_found") return refusal("absent");
    return { ok: false, status: 409, errors: { form: replayRefusals[ordered.refusal] } };
  }
  const to = new URL(backTo(form), NOWHERE);
  to.searchParams.set("replay", ordered.value.replayId);
  to.searchParams.delete("cursor");
  const text = `${webhooks(eventIds.length)} read again`;
  return { ok: true, to: to.pathname + to.search, toast: { tone: "good", text } };
}

async function openIds({ db, config }: Context, { operator, url }: Asked): Promise<readonly string[]> {
  const { filters, problems } = parseQuarantineFilters(url, { zone: operator.preferences.zone ?? DEFAULT_ZONE });
  // A mistyped filter must not quietly mean more.
  if (problems.length > 0) return [];
  const environment = settleEnvironment(filters.environment, operator.scope, config.defaultEnvironment);
  if (environment === null) return [];
  return listOpenIds(db, operator.scope, { ...filters, environment, limit: AT_ONCE });
}

function refusal(reason: QuarantineRefusal): Changed {
  return { ok: false, status: reason === "absent" ? 404 : 409, errors: { form: quarantineRefusals[reason] } };
}

const NOWHERE = "http://paydesk.invalid";
const OwnPath = z.string().regex(/^\/webhooks(?:[/?]|$)/);

/** Only to a page of webhooks: what a form says is not followed anywhere else. */
function backTo(form: FormData): string {
  const path = OwnPath.safeParse(form.get("backTo"));
  const url = path.success && URL.canParse(path.data, NOWHERE) ? new URL(path.data, NOWHERE) : null;
  return url?.origin === NOWHERE ? url.pathname + url.search : paths.quarantine();
}

function webhooks(count: number): string {
  return count === 1 ? "1 webhook" : `${count.toLocaleString("en")} webhooks`;
}
