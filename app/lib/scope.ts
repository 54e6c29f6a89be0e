import type { Environment } from "./environment";

/**
 * What an operator may see. Every query and command takes one; rows outside it are excluded in the `where`, and a
 * change to them answers as if they were absent (RULES 7).
 */
export interface Scope {
  readonly environments: readonly Environment[];
  /** Xendit business ids; `null` is all of them. A row without a business id is visible only when this is `null`. */
  readonly businessIds: readonly string[] | null;
}
