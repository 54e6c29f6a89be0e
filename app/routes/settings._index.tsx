import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ChevronRight } from "lucide-react";
import { entriesFor, settingsPages } from "~/components/frame/navigation.ts";
import { Page } from "~/components/ui/page.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";

export const meta: MetaFunction = () => [{ title: "Settings · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  return { role: operator.role, sandbox: context.config.sandbox };
}

export default function SettingsPage() {
  const { role, sandbox } = useLoaderData<typeof loader>();
  const pages = entriesFor(role, settingsPages).filter((page) => sandbox || !page.needsSandbox);
  return (
    <Page title="Settings" narrow>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {pages.map((page) => (
          <li key={page.path}>
            <Link to={page.path} className="flex items-center justify-between gap-4 px-4 py-3 hover:bg-hover">
              <span>
                <span className="block font-medium">{page.label}</span>
                <span className="text-sm text-muted">{page.about}</span>
              </span>
              <ChevronRight size={16} aria-hidden className="shrink-0 text-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
