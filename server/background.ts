import type { AppContext } from "../app/context.server.ts";
import { startForwarder } from "../app/domain/forward/forwarder.server.ts";
import { startLabRunner } from "../app/domain/lab/lab-runner.server.ts";
import { startListenKeeper } from "../app/domain/listen/listen-keeper.server.ts";
import { startImporter } from "../app/domain/reconciliation/importer.server.ts";
import { startReconciler } from "../app/domain/reconciliation/reconciler.server.ts";
import { startReplayRunner } from "../app/domain/replays/replay-runner.server.ts";
import { startSessionPoller } from "../app/domain/sessions/poll.server.ts";
import { startDriftFollower } from "../app/domain/webhooks/drift/drift-follower.server.ts";
import { startSandboxSender } from "../app/sandbox/sender.server.ts";

export interface Background {
  stop(): Promise<void>;
}

type Work = Pick<AppContext, "db" | "config" | "signals"> & { readonly onError: (error: unknown) => void };

/** The work behind the door. Each part looks by itself from time to time, so that a lost ring or a restart loses nothing. */
export function startBackground(work: Work): Background {
  const running: readonly Background[] = [
    ...(work.config.sandbox ? [startSandboxSender(work), startLabRunner(work)] : []),
    startReplayRunner(work),
    startForwarder(work),
    startSessionPoller(work),
    startDriftFollower(work),
    startListenKeeper(work),
    startImporter(work),
    startReconciler(work),
  ];
  return {
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
