import type { SQL } from "drizzle-orm";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { ListFilters } from "~/lib/search-params.ts";
import type { ListSource } from "./list-source.server.ts";
import type { Drive } from "./list-where.server.ts";

/** Filters with the environment settled: one list never mixes two. */
export type SettledFilters<Code extends string> = ListFilters<Code> & { readonly environment: Environment };

/** What a search or a range of amounts narrows a list to: a few rows by id, or a condition that each row is asked. */
export type Narrowing = { readonly ids: readonly string[] } | { readonly condition: SQL };

export interface ListRequest<Code extends string, Row> {
  readonly source: ListSource<Code, Row>;
  readonly scope: Scope;
  readonly filters: SettledFilters<Code>;
  /** Rows must be in all of them. */
  readonly narrowings: readonly Narrowing[];
}

/** How a list is read: which index is walked, what each row is asked besides, and on which thread. */
export interface Plan<Code extends string, Row> extends ListRequest<Code, Row> {
  /** One walk for each; `null` walks by time. */
  readonly drives: readonly (Drive | null)[];
  readonly residual: readonly SQL[];
  /** `null` is the main thread with prepared queries. */
  readonly heavy: { readonly signal?: AbortSignal; readonly deadlineMs?: number } | null;
}
