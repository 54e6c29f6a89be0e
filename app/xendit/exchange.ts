/** One HTTP exchange with Xendit or the sandbox, with keys removed. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
  readonly status: number | null;
  readonly response: unknown;
  readonly requestId: string | null;
  readonly latencyMs: number;
}
