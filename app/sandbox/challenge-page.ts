import { createHash } from "node:crypto";
import type { Levers } from "./levers.ts";

/** The pages a shopper sees at the sandbox. They are of no origin, load nothing, and know no cookie. */

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #ece9f7; color: #1d1b26 }
main { box-sizing: border-box; width: min(26rem, 100vw); padding: 2rem; background: #fff; border-radius: 8px }
h1 { margin: 0 0 .25rem; font-size: 1.25rem }
p { margin: 0 0 1rem }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem }
dt { color: #5d586f } dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
form { display: grid; gap: .5rem }
button { font: inherit; padding: .6rem 1rem; border: 1px solid #8a84a3; border-radius: 6px; background: none; color: inherit; cursor: pointer }
button:first-child { background: #5b3fc4; border-color: #5b3fc4; color: #fff; font-weight: 600 }
button:focus-visible { outline: 3px solid #b7a6f5; outline-offset: 2px }
small { display: block; margin-top: 1.5rem; color: #5d586f }
@media (prefers-color-scheme: dark) {
  body { background: #15131d; color: #ece9f7 } main { background: #211e2d } dt, small { color: #a9a3c0 }
}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

// No form-action: browsers hold it against the redirect to the merchant's address too.
const CONTENT_SECURITY_POLICY = [
  "sandbox allow-forms allow-scripts",
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "base-uri 'none'",
].join("; ");

export function htmlPage(html: string, status = 200): Response {
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "Content-Security-Policy": CONTENT_SECURITY_POLICY,
      "Referrer-Policy": "no-referrer",
    },
  });
}

export interface Challenge {
  readonly reference: string;
  readonly amount: string;
  readonly card: string;
  readonly levers: Levers;
}

export function challengePage({ reference, amount, card, levers }: Challenge): string {
  const chosen = levers.outcome ? `<small>Outcome chosen for this test: ${escaped(levers.outcome)}</small>` : "";
  return page(
    "3-D Secure",
    `<p>Your bank asks you to confirm this payment.</p>
<dl>
<dt>Reference</dt><dd>${escaped(reference)}</dd>
<dt>Amount</dt><dd>${escaped(amount)}</dd>
<dt>Card</dt><dd>${escaped(card)}</dd>
</dl>
<form method="post">
<button name="result" value="authenticate">Authenticate</button>
<button name="result" value="fail">Fail</button>
<button name="result" value="cancel">Cancel</button>
<button name="result" value="time_out">Time out</button>
</form>
${chosen}<small>Sandbox. No bank is asked and no money moves.</small>`,
  );
}

export function noticePage(text: string): string {
  return page("3-D Secure", `<p>${escaped(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Sandbox</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
