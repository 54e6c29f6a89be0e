import { type Config, ConfigError, readConfig } from "../app/env.server.ts";
import { type Pages, startServer } from "./start.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Starts, prints where to go, and ends cleanly on the signals a terminal and a service manager send. */
export async function main(
  env: Readonly<Record<string, string | undefined>>,
  openPages: (app: { config: Config }) => Promise<Pages>,
): Promise<void> {
  try {
    const config = readConfig(env);
    const server = await startServer(config, openPages, say);
    say(`Paydesk: ${config.publicUrl}`);
    if (server.firstLink) say(`Sign in: ${server.firstLink}`);
    stopOnSignal(() => server.stop());
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
    setTimeout(() => process.exit(), 500).unref();
  }
}

/** One Ctrl-C comes twice: from the terminal, and passed on by npm. Only a later one means "now". */
const SAME_SIGNAL_MS = 1_000;

function stopOnSignal(stop: () => Promise<void>): void {
  let askedAt: number | null = null;
  const end = () => {
    if (askedAt !== null) {
      if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    askedAt = Date.now();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${explain(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE") {
    return "The port is in use already. Set PORT to another one, or stop what listens there.";
  }
  return error.stack ?? error.message;
}
