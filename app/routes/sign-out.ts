import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { endSession } from "~/domain/operators/operator-session.server.ts";
import { paths } from "~/lib/paths.ts";

/** Somebody typed the address: signing out is a form's business, so that no link or image can do it. */
export function loader() {
  return redirect(paths.overview());
}

export async function action({ request, context: { db, config } }: ActionFunctionArgs) {
  const cookie = await endSession(db, config, request);
  return redirect(paths.signIn(), { headers: { "Set-Cookie": cookie } });
}
