/** A heavy query was stopped: its time was up or its request is gone. */
export class DeadlineError extends Error {
  readonly code = "DEADLINE";
  constructor(message = "The query was stopped before it finished") {
    super(message);
    this.name = "DeadlineError";
  }
}

/** What went wrong in the store. `code` is SQLite's (`SQLITE_FULL`, `SQLITE_BUSY`, …) or one of ours. */
export class StoreError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.name = "StoreError";
    this.code = code;
  }
}

/** An error as it crosses a thread: structured clone keeps the message of an Error but drops its `code`. */
export interface PlainError {
  readonly message: string;
  readonly code: string;
}

export function toPlainError(error: unknown): PlainError {
  return { message: error instanceof Error ? error.message : String(error), code: errorCode(error) ?? "STORE_FAILED" };
}

export function fromPlainError({ message, code }: PlainError): Error {
  return code === "DEADLINE" ? new DeadlineError(message) : new StoreError(message, code);
}

export function errorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
