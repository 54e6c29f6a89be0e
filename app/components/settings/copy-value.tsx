import { Copy } from "../ui/copy.tsx";

/** A value to carry elsewhere: whole, monospace, with a button that copies it. */
export function CopyValue({ value, what }: { value: string; what: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="font-mono text-[12.5px] break-all">{value}</code>
      <Copy text={value} what={what} />
    </span>
  );
}
