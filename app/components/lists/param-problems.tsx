import type { ParamProblem } from "~/lib/search-params.ts";
import { Notice } from "../ui/notice.tsx";

/** What was not understood of the URL. Shown above every list, so that a mistyped filter is not taken for an applied one. */
export function ParamProblems({ problems, isTooLong }: { problems: readonly ParamProblem[]; isTooLong: boolean }) {
  return (
    <>
      {problems.length > 0 && (
        <Notice tone="look" title="Part of this link was not understood and filters nothing">
          <ul>
            {problems.map(({ param, value, message }) => (
              <li key={`${param}=${value}`}>
                <code>
                  {param}={value}
                </code>{" "}
                {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {isTooLong && (
        <Notice tone="look" title="These filters together took too long, so nothing is shown" urgent>
          Narrow them to some days with From and To, or leave one of them out. Nothing was lost.
        </Notice>
      )}
    </>
  );
}
