import type { ApiError } from "../../xendit/api-errors.ts";

/** Why something could not be read, for people who only wanted to look: nothing can have happened by asking. */
export function readErrorText(error: ApiError, { isDeadline }: { readonly isDeadline: boolean }): string {
  const wait = error.retryAfterSeconds === null ? "in a minute" : `in ${Math.ceil(error.retryAfterSeconds)} s`;
  switch (error.kind) {
    case "not_found":
      return NOT_FOUND_TEXT;
    case "unauthorized":
      return "Xendit does not accept the key of this environment. It is set where Paydesk runs.";
    case "rate_limited":
      return `Too many calls within a minute. Nothing is lost; ask again ${wait}.`;
    case "timeout":
      return SLOW_TEXT;
    case "aborted":
      return isDeadline ? SLOW_TEXT : "The check was given up before Xendit answered.";
    case "unavailable":
      return "Xendit cannot answer right now. Nothing is lost; ask again in a moment.";
    case "unreachable":
      return "Xendit could not be reached from here. Nothing is lost; ask again once the network works.";
    case "unreadable":
      return UNREADABLE_TEXT;
    default:
      return error.message;
  }
}

export const NOT_FOUND_TEXT =
  "Xendit does not know this id with this key. A test id is not known to a live key, nor the reverse.";

export const UNREADABLE_TEXT = "What came back is not Xendit's answer about this id, so it was not kept.";

const SLOW_TEXT = "Xendit did not answer in time. Nothing is lost; ask again.";
