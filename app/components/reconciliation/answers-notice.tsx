import { Link } from "@remix-run/react";
import { type Answers, refusalText } from "~/domain/reconciliation/exception.ts";
import type { Environment } from "~/lib/environment.ts";
import { Notice } from "../ui/notice.tsx";
import { exceptionInList } from "./exception-links.ts";

interface AnswersNoticeProps {
  readonly answers: Answers;
  /** "accepted". */
  readonly verb: string;
  readonly environment: Environment;
  /** Of the work list it stands on; the open ones without it. */
  readonly search?: string;
}

/** What was not done of what was asked, each by its name. */
export function AnswersNotice({ answers: { done, refused }, verb, environment, search = "" }: AnswersNoticeProps) {
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
              to={exceptionInList(one.groupKey, search, environment)}
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
