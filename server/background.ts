import type { AppContext } from "../app/context.server.ts";

export interface Background {
  stop(): Promise<void>;
}

/** The work behind the door. Each part looks by itself from time to time, so that a lost ring or a restart loses nothing. */
export function startBackground(_app: Pick<AppContext, "db" | "config" | "signals">): Background {
  const running: readonly Background[] = [];
  return {
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
