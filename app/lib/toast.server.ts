import { createCookie, redirect } from "@remix-run/node";

export interface Toast {
  readonly tone: "good" | "bad" | "waiting" | "look";
  readonly text: string;
}

interface ToastContext {
  readonly config: { readonly publicUrl: string; readonly sessionSecret: string };
}

/** Ends an action that worked: to the page that shows it, with one sentence said there once. */
export async function redirectWithToast(url: string, toast: Toast, context: ToastContext, headers?: HeadersInit) {
  const all = new Headers(headers);
  all.append("Set-Cookie", await toastCookie(context).serialize(toast));
  return redirect(url, { headers: all });
}

/** The root loader's part: the toast of this request, if any, and the header that makes it the last time. */
export async function takeToast(
  request: Request,
  context: ToastContext,
): Promise<{ readonly toast: Toast | null; readonly headers: Headers }> {
  const cookie = toastCookie(context);
  const toast: unknown = await cookie.parse(request.headers.get("Cookie"));
  const headers = new Headers();
  if (!isToast(toast)) return { toast: null, headers };
  headers.append("Set-Cookie", await cookie.serialize("", { maxAge: 0 }));
  return { toast, headers };
}

function toastCookie({ config }: ToastContext) {
  return createCookie("paydesk-toast", {
    httpOnly: true,
    maxAge: 60,
    path: "/",
    sameSite: "lax",
    secrets: [config.sessionSecret],
    secure: config.publicUrl.startsWith("https:"),
  });
}

function isToast(value: unknown): value is Toast {
  return typeof value === "object" && value !== null && "text" in value && typeof value.text === "string";
}
