import { Link } from "@remix-run/react";
import { type Answers, refusalText } from "~/domain/reconciliation/exception.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Notice } from "../ui/notice.tsx";

interface AnswersNoticeProps {
  readonly answers: Answers;
  /** "accepted". */
  readonly verb: string;
  readonly environment: Environment;
}

/** What was not done of what was asked, each by its name. */
export function AnswersNotice({ answers: { done, refused }, verb, environment }: AnswersNoticeProps) {
  return (
    <Notice
      tone="look"
      urgent
      title={`${done.length.toLocaleString("en")} ${verb}; ${refused.length.toLocaleString("en")} not`}
    >
      <ul className="max-h-[200px] overflow-auto">
        {refused.map((one) => (
          <li key={one.groupKey}>
            <Link
              to={withParams(paths.exception(one.groupKey), { environment })}
              className="link font-mono text-[12.5px] break-all underline"
            >
              {one.groupKey}
            </Link>
            : {refusalText(one)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
