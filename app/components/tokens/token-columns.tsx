import type { ColumnDef } from "@tanstack/react-table";
import { Badge } from "~/components/ui/badge.tsx";
import { Time } from "~/components/ui/time.tsx";
import { type TokenState, tokenState } from "~/domain/tokens/access-token.ts";
import type { TokenRow } from "~/domain/tokens/token-queries.server.ts";
import { RevokeToken } from "./revoke-token.tsx";

/** With the state it was in when the page was loaded: server and browser must draw the same. */
export type ShownToken = TokenRow & { readonly state: TokenState };

export function withState(row: TokenRow, now: number): ShownToken {
  return { ...row, state: tokenState(row, now) };
}

const stateBadge: Record<TokenState, { readonly tone: "good" | "unknown"; readonly word: string }> = {
  works: { tone: "good", word: "Works" },
  expired: { tone: "unknown", word: "Expired" },
  revoked: { tone: "unknown", word: "Revoked" },
};

export function TokenStateBadge({ state }: { state: TokenState }) {
  const { tone, word } = stateBadge[state];
  return <Badge tone={tone}>{word}</Badge>;
}

const name: ColumnDef<ShownToken> = { id: "name", header: "Name", cell: ({ row }) => row.original.name };
const rest: readonly ColumnDef<ShownToken>[] = [
  { id: "state", header: "State", cell: ({ row }) => <TokenStateBadge state={row.original.state} /> },
  { id: "used", header: "Last used", cell: ({ row }) => <Time at={row.original.lastUsedAt} /> },
  { id: "expires", header: "Ends", cell: ({ row }) => <Time at={row.original.expiresAt} /> },
  { id: "created", header: "Created", cell: ({ row }) => <Time at={row.original.createdAt} /> },
  {
    id: "revoke",
    header: () => <span className="sr-only">Revoke</span>,
    meta: { align: "right" },
    cell: ({ row }) => row.original.state === "works" && <RevokeToken token={row.original} />,
  },
];

export const ownTokenColumns: readonly ColumnDef<ShownToken>[] = [name, ...rest];
export const othersTokenColumns: readonly ColumnDef<ShownToken>[] = [
  name,
  { id: "operator", header: "Operator", cell: ({ row }) => row.original.email },
  ...rest,
];

export function TokenCard({ token, withOperator }: { token: ShownToken; withOperator?: boolean }) {
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="flex min-w-0 flex-col gap-1">
        <span className="font-medium break-words">
          {token.name} <TokenStateBadge state={token.state} />
        </span>
        {withOperator && <span className="text-sm break-all text-muted">{token.email}</span>}
        <span className="text-sm text-muted">
          Ends <Time at={token.expiresAt} /> · last used <Time at={token.lastUsedAt} />
        </span>
      </div>
      {token.state === "works" && <RevokeToken token={token} />}
    </div>
  );
}
