import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { urlProblem } from "~/lib/guarded-fetch.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { SECOND } from "~/lib/time.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { unsealed } from "./callback-token.server.ts";
import type { DestinationDetail, DestinationRefusal } from "./destination.ts";
import type { ChangeDestinationForm } from "./destination-form.ts";
import { destinationPolicy } from "./destination-policy.server.ts";
import { type Changer, findChangeable, oneOfThisName, rowStatement } from "./find-changeable.server.ts";

interface ChangeDestination {
  readonly destinationId: string;
  readonly form: ChangeDestinationForm;
  readonly config: Config;
  readonly operator: Changer;
  readonly now: Date;
}

export interface Changed {
  /** Nothing differed: nothing was written. */
  readonly isChanged: boolean;
  /** The URL leads elsewhere now, so the token typed for the old place was destroyed. */
  readonly tokenRemoved: boolean;
}

/**
 * Its settings, as the form has them. A token is typed for one receiver: with another scheme, host or port it is destroyed, or
 * whoever may change the URL could have it sent to themselves. The breaker starts anew there too.
 */
export async function changeDestination(
  db: Database,
  { destinationId, form, config, operator, now }: ChangeDestination,
): Promise<Result<Changed, DestinationRefusal>> {
  const found = await findChangeable(db, { destinationId, operator });
  if (!found.ok) return found;
  const before = found.value;
  const problem = urlProblem(form.url, await destinationPolicy(db, config));
  if (problem && form.url !== before.url) return refused("url_not_allowed", problem);
  if (!form.environments.every((one) => before.makersEnvironments.includes(one))) return refused("not_for_its_maker");

  const after = settingsOf(form);
  const detail = differences(before, after);
  if (Object.keys(detail).length === 0) return ok({ isChanged: false, tokenRemoved: false });
  const isElsewhere = new URL(before.url).origin !== new URL(after.url).origin;
  const takesLive = form.environments.includes("live");
  // Turning it on for live asks for the name; this would lead live webhooks somewhere new without asking.
  if (before.forwards && takesLive && (form.url !== before.url || !before.environments.includes("live")))
    return refused("forwards_live");
  const tokenRemoved = isElsewhere && before.hasToken;
  const written = await db.write([
    rowStatement(db, destinationId, { ...after, ...(isElsewhere ? startedAnew : {}) }),
    ...(isElsewhere ? [unsealed(db, destinationId)] : []),
    auditStatement(db, {
      operator,
      action: "destinations:write",
      subject: destinationId,
      detail: { changed: detail, ...(tokenRemoved ? { token: "removed" } : {}) },
      now,
    }),
    oneOfThisName(db, after.name),
  ]);
  if (written.ok) return ok({ isChanged: true, tokenRemoved });
  return refused(written.at === 0 ? "not_found" : "name_taken");
}

const startedAnew = { tokenSecret: null, failuresInRow: 0, breakerOpenedAt: null };

function settingsOf({ types, timeoutSeconds, eventTypes, ...form }: ChangeDestinationForm) {
  return { ...form, eventTypes: types === "all" ? null : eventTypes, timeoutMs: timeoutSeconds * SECOND };
}

type Settings = ReturnType<typeof settingsOf>;

/** By field, what it was and what it is; of a URL the origin alone, because its path can be a secret. */
function differences(before: DestinationDetail, after: Settings): Record<string, readonly [unknown, unknown]> {
  const fields = Object.keys(after) as (keyof Settings)[];
  const differing = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return Object.fromEntries(
    differing.map((field) => [
      field,
      field === "url" ? [new URL(before.url).origin, new URL(after.url).origin] : [before[field], after[field]],
    ]),
  );
}
