import type { ListenedEvent, StartedListen } from "../../app/domain/listen/listen-api.ts";
import { environmentLabel } from "../../app/lib/environment.ts";
import { shortId } from "../../app/lib/ids.ts";
import type { Try } from "./deliver.ts";
import type { Options } from "./options.ts";

export interface Tally {
  readonly delivered: number;
  readonly failed: number;
  readonly left_out: number;
}

type Output = Pick<NodeJS.WriteStream, "write"> & { readonly isTTY?: boolean };
type Colour = "good" | "bad" | "muted";
const codes: Record<Colour, string> = { good: "32", bad: "31", muted: "2" };

export type Screen = ReturnType<typeof createScreen>;

/** What the terminal shows: text, or with `--json` one object a line on stdout and what is said to people on stderr. */
export function createScreen(
  options: Pick<Options, "json" | "printsBody">,
  out: Output,
  err: Output,
  env = process.env,
) {
  const isColoured = out.isTTY === true && env.NO_COLOR === undefined && !options.json;
  const paint = (colour: Colour, text: string) => (isColoured ? `\x1b[${codes[colour]}m${text}\x1b[0m` : text);
  const say = (text: string) => void (options.json ? err : out).write(`${text}\n`);
  const emit = (value: unknown) => void out.write(`${JSON.stringify(value)}\n`);

  return {
    say,
    begun({ environment, operator, url, id, since }: StartedListen, { to, signingSecret, isSecretNew }: Options): void {
      if (options.json) emit({ kind: "started", listen_id: id, environment, url, since });
      const what = since === null ? "what arrives from now on" : `what arrived since ${since}, then what arrives`;
      say(`${environmentLabel[environment]} webhooks as ${plain(operator)} → ${to.origin}${to.pathname}`);
      say(paint("muted", `  ${what}`));
      say(paint("muted", `  shown in Paydesk: ${url}`));
      if (isSecretNew) say(paint("muted", `  signing secret of this run: ${signingSecret}`));
    },
    result(event: ListenedEvent, tries: readonly Try[]): void {
      const last = tries.at(-1);
      if (options.json) {
        const { body_base64, headers, primary_id, ...rest } = event;
        emit({
          kind: "event",
          ...rest,
          outcome: last?.outcome ?? "left_out",
          latency_ms: last?.latency_ms ?? null,
          tries,
        });
      } else {
        const subject = shortId(plain(event.payment_request_id ?? event.primary_id ?? event.id));
        const line = [clock(event.first_received_at), plain(event.type).padEnd(26), subject.padEnd(18)];
        say(`${line.join("  ")}  ${ending(event, tries, paint)}`);
      }
      if (options.printsBody && event.body_base64 !== null) say(indented(event.body_base64));
    },
    ended(tally: Tally, why: string): void {
      if (options.json) emit({ kind: "summary", ...tally, why });
      const parts = [`${tally.delivered.toLocaleString("en")} delivered`];
      if (tally.failed > 0) parts.push(paint("bad", `${tally.failed.toLocaleString("en")} not delivered`));
      if (tally.left_out > 0) parts.push(`${tally.left_out.toLocaleString("en")} left out`);
      say(`${why} ${parts.join(", ")}.`);
    },
  };
}

const leftOutWords: Readonly<Record<string, string>> = {
  masked: "stays in Paydesk: card data was masked in it",
  expunged: "stays in Paydesk: its body was expunged",
  came_from_a_replay: "stays in Paydesk: a replay brought it there",
};

function ending(event: ListenedEvent, tries: readonly Try[], paint: (colour: Colour, text: string) => string): string {
  const last = tries.at(-1);
  if (event.left_out !== null || !last) return paint("muted", leftOutWords[event.left_out ?? ""] ?? "stays in Paydesk");
  const took = `${last.latency_ms.toLocaleString("en")} ms`;
  const times = tries.length > 1 ? `, ${tries.length} tries` : "";
  if (/^\d/.test(last.outcome)) {
    const text = `→ ${last.outcome} in ${took}${times}`;
    return paint(last.outcome.startsWith("2") ? "good" : "bad", text);
  }
  const why = last.error ? ` (${plain(last.error)})` : "";
  return paint("bad", `→ ${last.outcome} after ${took}${why}${times}`);
}

/** `18:24:05` today, `21 Nov 18:24:05` before: in this machine's own zone, as its other logs are. */
function clock(iso: string): string {
  const at = new Date(iso);
  const time = at.toTimeString().slice(0, 8);
  if (at.toDateString() === new Date().toDateString()) return time;
  return `${at.toDateString().slice(8, 10)} ${at.toDateString().slice(4, 7)} ${time}`;
}

function indented(base64: string): string {
  const text = Buffer.from(base64, "base64").toString("utf8");
  return plainLines(text)
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

/** A stored webhook is a stranger's text: it must not steer the terminal. */
export function plain(text: string): string {
  return text.replace(/\p{C}/gu, "\ufffd");
}

function plainLines(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/[^\P{C}\n\t]/gu, "\ufffd");
}
