import { z } from "zod";

/** What people write with line breaks: trimmed, of `longest` characters at most, without control characters. */
export function writtenText({ what, longest }: { readonly what: string; readonly longest: number }) {
  return (
    z
      .string({ error: "Write something." })
      // Forms send CRLF for a line break, and count it as two.
      .transform((text) => text.replace(/\r\n?/g, "\n").trim())
      .pipe(
        z
          .string()
          .min(1, "Write something.")
          .max(longest, `At most ${longest.toLocaleString("en")} characters.`)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
          .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, `${what} has no control characters.`),
      )
  );
}
