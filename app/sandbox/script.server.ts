import source from "./cards-session.browser.js?raw";

/** The browser's side of the card step, for any page that loads it. */
export async function browserScript(): Promise<Response> {
  return new Response(source, {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=300",
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
}
