import { redirect } from "@remix-run/node";
import type { AppContext } from "../../context.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { paths, withParams } from "../../lib/paths.ts";
import { type Operator, operatorFor } from "./operator.ts";
import { findSignedIn } from "./operator-session.server.ts";
import type { Permission } from "./permissions.ts";

interface Asked {
  readonly request: Request;
  readonly context: Pick<AppContext, "db" | "config">;
}

/**
 * Who is asking, with a scope narrowed to the permission. Strangers are sent to sign in and back; an operator whose role
 * never holds the permission, or not in the environment a page is about, gets a 403. Rows outside the scope are the queries' business: they answer as absent.
 */
export async function requireOperator(
  asked: Asked,
  permission: Permission,
  environment?: Environment,
): Promise<Operator> {
  const operator = await findOperator(asked, permission);
  if (!operator) throw redirect(signInPath(asked.request));
  if (!operator.can(permission, environment)) throw new Response("Your role does not allow this.", { status: 403 });
  return operator;
}

/** The same without the door: for pages that strangers may see too. */
export async function findOperator(
  { request, context: { db, config } }: Asked,
  permission: Permission = "payments:read",
): Promise<Operator | null> {
  const stored = await findSignedIn(db, config, { request, now: new Date() });
  return stored && operatorFor(stored, permission);
}

/** Only a page that was being looked at is worth coming back to; a form has to be sent again. */
function signInPath(request: Request): string {
  if (request.method !== "GET") return paths.signIn();
  const { pathname, search } = new URL(request.url);
  const next = pathname + search;
  return withParams(paths.signIn(), { next: next === paths.overview() ? null : next });
}
