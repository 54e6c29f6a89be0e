/** Longer than any id, reference or small JSON fragment; what comes after is not read. */
const MAX_LENGTH = 4000;

/** Zero-width characters, direction marks, soft hyphens: what mail and chat programs put inside an id. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
/** Hyphens and dashes that a word processor makes of `-`. */
const dashes = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g;

/** Text as somebody meant it: percent-encoding and full-width forms undone, white space single, dashes plain. Case stays. */
export function cleanPaste(text: string): string {
  return decodePercent(text.slice(0, MAX_LENGTH))
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(dashes, "-")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** Without the quotes, brackets and full stops around it. */
export function stripWrapping(text: string): string {
  return text.replace(/^[\s"'`´‘’“”«»<([{,;:]+/, "").replace(/[\s"'`´‘’“”«»>)\]},;:.!?]+$/, "");
}

/** A link copied out of a link is encoded twice; a broken sequence stays as it is. */
function decodePercent(text: string): string {
  let decoded = text;
  for (let depth = 0; depth < 3 && /%[0-9a-f]{2}/i.test(decoded); depth++) {
    decoded = decoded.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
  }
  return decoded;
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}
