import { useState } from "react";
import type { Searched } from "./body-pretty.tsx";
import { Marked } from "./marked.tsx";

const FIRST_CHARACTERS = 100_000;

/** Character for character as it came. */
export function BodyRaw({ text, searched }: { readonly text: string; readonly searched: Searched }) {
  const [wantsAll, setWantsAll] = useState(false);
  const matches = searched.byLine.get(0);
  const reaches = matches?.find(({ place }) => place === searched.current)?.end ?? 0;
  const shown = wantsAll || reaches > FIRST_CHARACTERS ? text : text.slice(0, FIRST_CHARACTERS);
  return (
    <>
      <pre className="p-3 text-[12.5px] leading-5 break-all whitespace-pre-wrap">
        <Marked text={shown} matches={matches} current={searched.current} />
      </pre>
      {shown.length < text.length && (
        <button type="button" className="link px-3 pb-2 text-sm" onClick={() => setWantsAll(true)}>
          Show all {text.length.toLocaleString("en")} characters
        </button>
      )}
    </>
  );
}
