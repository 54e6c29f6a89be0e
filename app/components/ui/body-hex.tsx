import { useMemo, useState } from "react";

const FIRST_BYTES = 4_096;
const PER_LINE = 16;

/** The bytes themselves: offset, sixteen in hexadecimal, and what of them is ASCII. */
export function BodyHex({ read }: { readonly read: () => Uint8Array }) {
  const bytes = useMemo(read, [read]);
  const [shown, setShown] = useState(FIRST_BYTES);
  const text = useMemo(() => hexDump(bytes.subarray(0, shown)), [bytes, shown]);
  return (
    <>
      <pre className="p-3 text-[12.5px] leading-5">{text}</pre>
      {bytes.length > shown && (
        <button type="button" className="link px-3 pb-2 text-sm" onClick={() => setShown(shown * 8)}>
          Show more of {bytes.length.toLocaleString("en")} bytes
        </button>
      )}
    </>
  );
}

/** `00000010  7b 22 65 …  {"e…` */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const row = [...bytes.subarray(at, at + PER_LINE)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${ascii}`);
  }
  return lines.join("\n");
}
