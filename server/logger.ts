import pino from "pino";
import type { LogLevel } from "../app/env.server.ts";
import { maskText } from "../app/xendit/mask.ts";

export type Logger = pino.Logger;

/**
 * JSON lines on stderr; stdout belongs to the few lines a person reads. What could carry card data or a secret is never
 * handed to the logger (bodies, headers, query strings); what slips in under a telling name is cut here.
 */
export function createLogger(level: LogLevel, destination: pino.DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretPaths, censor: "[redacted]" },
      serializers: { err: describeError },
    },
    destination,
  );
}

const secretNames = ["authorization", "cookie", "password", "token", "secret", "secretKey", "body", "bytes", "cvn"];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`]);

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: readonly string[];
  readonly cause?: DescribedError;
}

/** An error without what it may carry along: drizzle puts a query's values into the message and into fields. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: safeMessage(String(error)) };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return {
    type: error.name,
    message: safeMessage(error.message),
    ...(code && { code }),
    stack: stackFrames(error),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

function safeMessage(message: string): string {
  return maskText(message.split("\nparams:")[0] ?? "").slice(0, 500);
}

/** The frames only: a stack begins with the message. */
function stackFrames(error: Error): readonly string[] {
  const lines = error.stack?.split("\n") ?? [];
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
}

/** A path fit for a log: no query string (first links and searches stand there) and no return key. */
export function loggablePath(url: string | undefined): string {
  const path = (url ?? "").split(/[?#]/)[0] ?? "";
  return path.replace(/^(\/sessions\/return\/)[^/]+/, "$1[key]").slice(0, 300);
}
