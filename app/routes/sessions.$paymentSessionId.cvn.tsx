import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { renderToStaticMarkup } from "react-dom/server";
import { CvnDocument } from "~/components/sessions/cvn-document.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { cvnPolicy, findCvnPage } from "~/domain/sessions/cvn-page.server.ts";

/** The CVN page is a document of its own, outside the app's shell, scripts and policy. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const answer = await findCvnPage(context.db, {
    config: context.config,
    scope: operator.scope,
    operatorId: operator.operatorId,
    paymentSessionId: params.paymentSessionId ?? "",
  });
  if (!answer) throw new Response("There is no test session of yours under this id.", { status: 404 });
  if (answer.kind === "elsewhere") return redirect(answer.path);
  const theme = operator.preferences.theme ?? "system";
  const document = renderToStaticMarkup(<CvnDocument {...answer.page} theme={theme} />);
  return new Response(`<!doctype html>${document}`, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": cvnPolicy(answer.page),
      "Cache-Control": "no-store",
    },
  });
}
