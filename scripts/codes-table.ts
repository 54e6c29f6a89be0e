import { writeFileSync } from "node:fs";
import { codesDocument } from "./codes-document.ts";

/** `npm run docs:codes`: writes what the rules say of every code to docs/codes.md, for people to review. */
writeFileSync("docs/codes.md", codesDocument());
process.stdout.write("Wrote docs/codes.md\n");
