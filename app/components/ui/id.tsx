import { clsx } from "clsx";
import { Check } from "lucide-react";
import { createContext, useContext } from "react";
import { useCopy } from "./use-copy.ts";

/** Inside a link an id must not be a button of its own. The table sets this around its first column. */
export const InsideLink = createContext(false);

interface IdProps {
  readonly value: string | null;
  /** What the id is, in the button's tip: "payment request". */
  readonly kind?: string;
  /** Uncut, for detail pages. */
  readonly whole?: boolean;
}

/** An identifier: monospace, middle-cut in tables, copied on click with a quiet tick. */
export function Id({ value, kind, whole }: IdProps) {
  const insideLink = useContext(InsideLink);
  const { copied, copy } = useCopy();
  if (value === null || value === "") return <span className="text-faint">–</span>;
  const text = whole ? value : <CutId value={value} />;
  const type = clsx("font-mono text-[12.5px] align-middle", whole && "break-all");
  if (insideLink) {
    return (
      <span className={type} title={value}>
        {text}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={clsx(type, "relative rounded-sm text-left select-text hover:text-accent")}
      title={`Copy ${kind ? `${kind} ` : ""}${value}`}
      onClick={() => copy(value)}
    >
      {text}
      {copied && (
        <span role="status" className="absolute -right-5 top-0 inline-flex h-full items-center text-good">
          <Check size={13} aria-hidden />
          <span className="sr-only">Copied</span>
        </span>
      )}
    </button>
  );
}

/** `pr-5593…c21e2f`, enough to tell two apart in a column; the text in the page stays whole. */
export function CutId({ value }: { value: string }) {
  if (value.length <= 18) return value;
  return (
    <>
      {value.slice(0, 7)}
      <span className="id-cut">{value.slice(7, -6)}</span>
      {value.slice(-6)}
    </>
  );
}
