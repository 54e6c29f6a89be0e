import { Form } from "@remix-run/react";
import type { UnknownId } from "~/domain/search/search-answer.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";

/** One button an environment whose Xendit can be asked for the id; the present one first and primary. */
export function AskXendit({ unknown }: { unknown: UnknownId }) {
  return (
    <div className="flex flex-wrap justify-center gap-2">
      {unknown.environments.map((environment, index) => (
        <Form key={environment} method="post" action={paths.ask()}>
          <input type="hidden" name="id" value={unknown.value} />
          <input type="hidden" name="environment" value={environment} />
          <Button type="submit" tone={index === 0 ? "primary" : "default"}>
            {unknown.environments.length === 1 ? "Ask Xendit" : `Ask Xendit in ${environmentLabel[environment]}`}
          </Button>
        </Form>
      ))}
    </div>
  );
}
