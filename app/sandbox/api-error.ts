import { type FieldError, topMessage } from "./shape.ts";

/** An answer of Xendit's that is not a success, thrown by handlers and written by the router. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly errorCode: string;
  readonly errors: readonly FieldError[] | null;

  constructor(status: number, errorCode: string, message: string, errors: readonly FieldError[] | null = null) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.errors = errors;
  }
}

/** Throws API_VALIDATION_ERROR when anything was collected. */
export function throwIfInvalid(errors: readonly FieldError[]): void {
  const [first] = errors;
  if (first) throw new ApiError(400, "API_VALIDATION_ERROR", topMessage(first), errors);
}

export function invalidField(name: string, message: string): ApiError {
  const error = { path: `/body/${name}`, message };
  return new ApiError(400, "API_VALIDATION_ERROR", topMessage(error), [error]);
}

export function dataNotFound(what: string): ApiError {
  return new ApiError(404, "DATA_NOT_FOUND", `${what} not found`);
}
