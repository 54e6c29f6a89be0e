import type { Environment } from "../../lib/environment.ts";
import { paths, withParams } from "../../lib/paths.ts";

/** A session's page. The environment is named only when it is not the one every page starts in. */
export function sessionPath(
  session: { readonly paymentSessionId: string; readonly environment: Environment },
  config: { readonly defaultEnvironment: Environment },
): string {
  const { environment, paymentSessionId } = session;
  return withParams(paths.session(paymentSessionId), {
    environment: environment === config.defaultEnvironment ? null : environment,
  });
}
