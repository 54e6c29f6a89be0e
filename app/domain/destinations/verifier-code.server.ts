import docs from "../../../docs/webhook-signatures.md?raw";

export interface VerifierCode {
  readonly language: string;
  readonly code: string;
}

/** What receivers check signatures with, as it stands in `docs/webhook-signatures.md` and is run by its test. */
export const verifierCode: readonly VerifierCode[] = [
  { language: "Python", code: blockOf("python") },
  { language: "Node.js", code: blockOf("js") },
];

function blockOf(fence: string): string {
  const block = new RegExp(`^\`\`\`${fence}\\n([\\s\\S]+?)^\`\`\``, "m").exec(docs)?.[1];
  if (block === undefined) throw new Error(`docs/webhook-signatures.md has no block of ${fence}.`);
  return block.trimEnd();
}
