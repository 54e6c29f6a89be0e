import type { AppContext } from "~/context.server.ts";
import { MINUTE } from "~/lib/time.ts";
import { endSilentListens } from "./end-listen.server.ts";

interface ListenKeeperOptions extends Pick<AppContext, "db"> {
  readonly onError?: (error: unknown) => void;
}

/** Looks once a minute for runs whose program is gone without a word. */
export function startListenKeeper({ db, onError = () => {} }: ListenKeeperOptions): { stop(): Promise<void> } {
  let looking: Promise<unknown> = Promise.resolve();
  const look = () => {
    looking = endSilentListens(db, Date.now()).catch(onError);
  };
  const timer = setInterval(look, MINUTE);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
