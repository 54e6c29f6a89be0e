/** Whether a query of the heavy reader ran out of time, however deep its error was wrapped. */
export function isDeadline(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "DEADLINE") return true;
  }
  return false;
}
