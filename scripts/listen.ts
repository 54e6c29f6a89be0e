import { listen } from "./listen/listen.ts";
import { type Options, readOptions, USAGE, UsageError } from "./listen/options.ts";
import { createScreen } from "./listen/screen.ts";

/** `npm run listen -- --to http://localhost:4000/hook --since 2h`: stored and arriving webhooks on one's own machine. */
const options = optionsOrExit();
const stopping = new AbortController();
stopOnSignal();
const screen = createScreen(options, process.stdout, process.stderr);
process.exitCode = await listen({ options, screen, stopping: stopping.signal });
// A connection kept open for the next webhook would keep the process, too.
process.stdout.write("", () => process.exit());

function optionsOrExit(): Options {
  try {
    const read = readOptions(process.argv.slice(2), process.env);
    if (read) return read;
    process.stdout.write(USAGE);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nnpm run listen -- --help says more.\n`);
    process.exit(2);
  }
}

/** One Ctrl-C comes twice: from the terminal, and passed on by npm. Only a later one means "now". */
function stopOnSignal(): void {
  let askedAt: number | null = null;
  const end = () => {
    if (askedAt !== null && Date.now() - askedAt > 1_000) process.exit(130);
    askedAt ??= Date.now();
    stopping.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
}
