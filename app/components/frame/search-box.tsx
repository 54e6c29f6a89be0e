import { Form, useSearchParams } from "@remix-run/react";
import { Search } from "lucide-react";
import { paths } from "~/lib/paths.ts";
import { useEnvironment } from "./frame-data.ts";

export const SEARCH_ID = "desk-search";

/** Any id or reference a person can paste. A plain GET form: it works before and without JavaScript. */
export function SearchBox() {
  const [params] = useSearchParams();
  const { environment } = useEnvironment();
  const asked = params.get("q") ?? "";
  return (
    <search className="relative min-w-0 max-w-[420px] flex-1">
      <Form method="get" action={paths.payments()}>
        <Search size={14} aria-hidden className="pointer-events-none absolute top-[9px] left-2.5 text-faint" />
        <input
          key={asked}
          id={SEARCH_ID}
          type="search"
          name="q"
          defaultValue={asked}
          maxLength={240}
          aria-label="Search payments"
          placeholder="Search by any id, reference, e-mail or card"
          className="control w-full py-[5px] pl-8"
        />
        <input type="hidden" name="environment" value={environment} />
        <kbd className="pointer-events-none absolute top-[7px] right-2 hidden rounded-sm border border-line px-1 text-xs text-faint md:block">
          /
        </kbd>
      </Form>
    </search>
  );
}
